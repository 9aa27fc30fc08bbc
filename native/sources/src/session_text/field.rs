//! Who drives, from the session text.

use super::tree::Node;
use racing_coach_core::board::{CarEntry, Field};

/// The cars of the `DriverInfo` section: neither the pace car nor spectators, nor entries without a number, which are not the sim's but our own recordings'.
pub fn read_field(driver: &Node) -> Field {
    Field::new(driver.list("Drivers").iter().filter_map(entry).collect())
}

fn entry(node: &Node) -> Option<CarEntry> {
    let drives = node.text("CarIsPaceCar") != "1" && node.text("IsSpectator") != "1";
    let number = node.text("CarNumber");
    if !drives || number.is_empty() {
        return None;
    }
    Some(CarEntry {
        index: node.text("CarIdx").parse().ok()?,
        number: number.to_owned(),
        name: node.text("UserName").to_owned(),
        class_id: node.text("CarClassID").parse().unwrap_or(0),
        class_name: node.text("CarClassShortName").to_owned(),
        class_colour: colour(node.text("CarClassColor")),
        class_lap_s: node.text("CarClassEstLapTime").parse().unwrap_or(f64::NAN),
    })
}

/// `0xffda59`; `None` for anything else, such as the `0xundefined` that the sim writes at times.
fn colour(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x")?;
    u32::from_str_radix(digits, 16).ok().filter(|colour| *colour <= 0xff_ff_ff)
}

#[cfg(test)]
mod tests {
    use super::super::read::parse;

    #[test]
    fn drivers_with_their_numbers_and_classes() {
        let text = b"DriverInfo:\n DriverCarIdx: 1\n Drivers:\n - CarIdx: 0\n   UserName: Pace Car\n   CarNumber: \"0\"\n   CarIsPaceCar: 1\n \
- CarIdx: 1\n   UserName: *Ada: B\n   CarNumber: \"007\"\n   CarClassID: 4011\n   CarClassShortName: GT3\n   CarClassColor: 0xffda59\n   \
CarClassEstLapTime: 84.5946\n   CarIsPaceCar: 0\n   IsSpectator: 0\n - CarIdx: 2\n   UserName: Watcher\n   CarNumber: \"9\"\n   IsSpectator: 1\n \
- CarIdx: 3\n   UserName: Bo\n   CarNumber: \"3\"\n   CarClassColor: 0xundefined\n - CarIdx: 4\n";
        let field = parse(text).field;
        let [ada, bo] = field.cars() else { panic!("{field:?}") };
        assert_eq!((ada.index, ada.number.as_str(), ada.name.as_str()), (1, "007", "*Ada: B"));
        assert_eq!((ada.class_id, ada.class_name.as_str()), (4011, "GT3"));
        assert_eq!((ada.class_colour, ada.class_lap_s), (Some(0xff_da_59), 84.5946));
        assert_eq!((bo.number.as_str(), bo.class_colour, bo.class_lap_s.is_nan()), ("3", None, true));
    }
}
