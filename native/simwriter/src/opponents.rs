//! Other cars: they lap at slightly different paces, some of them in a faster class, one in seven stands in its pit stall. Where each one is follows
//! from the seed and the time.

use crate::pace_profile::PaceProfile;
use racing_coach_simcar::prng::Prng;

/// Cars that the sim's arrays have room for, the driver's among them.
pub const MOST_CARS: usize = 64;
/// Cars this near along the road are beside each other: about a car's length.
const BESIDE_M: f64 = 5.0;
/// The classes' ids: the driver's and the faster one.
const CLASSES: [i32; 2] = [2708, 2523];
/// Their short names and colours.
const CLASS_WORDS: [(&str, u32); 2] = [("GT3", 0xff_da_59), ("FORM", 0x33_ce_ff)];
/// One in so many cars stands in the pits.
const PARKED_ONE_IN: usize = 7;

/// Where a car's middle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// One other car.
#[derive(Debug, Clone, PartialEq)]
struct Opponent {
    index: usize,
    class: usize,
    lap_time_s: f64,
    begins_at_laps: f64,
    side: Side,
    parked: bool,
}

/// What the sim tells of one car at a tick; [`CarNow::ABSENT`] of those that are not there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CarNow {
    /// Lap being driven; -1 when absent.
    pub lap: i32,
    /// Fraction of the lap; -1 when absent.
    pub lap_fraction: f64,
    /// As `PlayerTrackSurface`.
    pub track_surface: i32,
    /// Between the pit road's cones.
    pub on_pit_road: bool,
    /// Place in the field, from 1; 0 when absent.
    pub position: i32,
    /// Place in the class.
    pub class_position: i32,
    /// The class' id.
    pub class: i32,
    /// Seconds that the class needs from the line to this place.
    pub estimated_time_s: f64,
    /// Seconds behind the leader.
    pub behind_leader_s: f64,
    /// Last lap time; -1 without one.
    pub last_lap_time_s: f64,
}

impl CarNow {
    /// A car that is not there, as the sim tells it.
    pub const ABSENT: CarNow = CarNow {
        lap: -1,
        lap_fraction: -1.0,
        track_surface: -1,
        on_pit_road: false,
        position: 0,
        class_position: 0,
        class: 0,
        estimated_time_s: 0.0,
        behind_leader_s: 0.0,
        last_lap_time_s: -1.0,
    };
}

/// What the others need to know of the driver's own car.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PlayerNow {
    /// Lap being driven.
    pub lap: f64,
    /// Fraction of the lap.
    pub lap_fraction: f64,
    /// As `PlayerTrackSurface`.
    pub track_surface: f64,
    /// Between the pit road's cones.
    pub on_pit_road: bool,
    /// Last lap time.
    pub last_lap_time_s: f64,
    /// The driver drives.
    pub on_track: bool,
}

/// The field.
pub struct Opponents {
    cars: Vec<Opponent>,
    profile: PaceProfile,
    length_m: f64,
    player: usize,
    now: [CarNow; MOST_CARS],
}

impl Opponents {
    /// `count` other cars (63 at most) around a driver whose car has the number `player` in the sim's list.
    pub fn new(count: usize, player: usize, profile: PaceProfile, length_m: f64, seed: u64) -> Self {
        let player = player.min(MOST_CARS - 1);
        let places = (0..MOST_CARS).filter(|index| *index != player).take(count);
        let lap_s = profile.lap_time_s();
        let car = |(number, index): (usize, usize)| {
            let mut prng = Prng::stream(seed, &[31, index as u64]);
            let class = usize::from(number % 3 == 2);
            let pace = if class == 1 { prng.between(0.86, 0.93) } else { prng.between(0.985, 1.03) };
            Opponent {
                index,
                class,
                lap_time_s: lap_s * pace,
                begins_at_laps: 1.0 + prng.uniform(),
                side: if prng.uniform() < 0.5 { Side::Left } else { Side::Right },
                parked: number % PARKED_ONE_IN == PARKED_ONE_IN - 1,
            }
        };
        let cars = places.enumerate().map(car).collect();
        Opponents { cars, profile, length_m, player, now: [CarNow::ABSENT; MOST_CARS] }
    }

    /// The driver's number in the sim's list.
    pub fn player(&self) -> usize {
        self.player
    }

    /// Number, class id and the class' usual lap time of each other car, for the session text.
    pub fn entries(&self) -> Vec<(usize, i32, f64)> {
        self.cars.iter().map(|car| (car.index, CLASSES[car.class], self.class_lap_s(car.class))).collect()
    }

    /// Short name and colour of a class.
    pub fn class_words(class: i32) -> (&'static str, u32) {
        CLASS_WORDS[usize::from(class == CLASSES[1])]
    }

    /// What is painted on the car with this index: some numbers begin with zeros.
    pub fn number(index: usize) -> String {
        if index.is_multiple_of(5) { format!("{:03}", index + 1) } else { (index + 1).to_string() }
    }

    /// How far ahead of the driver each other car is from the last [`at`](Self::at), in seconds of the driver's class's pace, the short way round: what a reader must find
    /// out. By index.
    pub fn true_gaps_s(&self) -> Vec<(usize, f64)> {
        let own = &self.now[self.player];
        let share = |car: &CarNow| self.profile.share_at(car.lap_fraction);
        let gap = |car: &Opponent| {
            let now = &self.now[car.index];
            let apart = now.lap_fraction - own.lap_fraction;
            let round = apart.round();
            (car.index, (share(now) - share(own) - round) * self.class_lap_s(0))
        };
        self.cars.iter().map(gap).collect()
    }

    /// The driver's class id and its usual lap time.
    pub fn own_class(&self) -> (i32, f64) {
        (CLASSES[0], self.class_lap_s(0))
    }

    /// Everyone at a moment, `time_s` after the beginning.
    pub fn at(&mut self, time_s: f64, player: &PlayerNow) -> &[CarNow; MOST_CARS] {
        for car in &self.cars {
            self.now[car.index] = self.car_at(car, time_s);
        }
        self.now[self.player] = self.player_at(player);
        self.rank();
        &self.now
    }

    /// `CarLeftRight`: 0 off, 1 clear, 2 left, 3 right, 4 both sides, 5 two to the left, 6 two to the right. From the last [`at`](Self::at).
    pub fn left_right(&self, player: &PlayerNow) -> i32 {
        if !player.on_track || player.on_pit_road {
            return 0;
        }
        let beside = |car: &&Opponent| {
            let gap = self.now[car.index].lap_fraction - player.lap_fraction;
            !car.parked && (gap - gap.round()).abs() * self.length_m <= BESIDE_M
        };
        let left = self.cars.iter().filter(beside).filter(|car| car.side == Side::Left).count();
        let right = self.cars.iter().filter(beside).count() - left;
        match (left, right) {
            (0, 0) => 1,
            (1, 0) => 2,
            (0, 1) => 3,
            (_, 0) => 5,
            (0, _) => 6,
            _ => 4,
        }
    }

    fn class_lap_s(&self, class: usize) -> f64 {
        self.profile.lap_time_s() * [1.0, 0.9][class]
    }

    fn car_at(&self, car: &Opponent, time_s: f64) -> CarNow {
        let laps = if car.parked { car.begins_at_laps } else { car.begins_at_laps + time_s / car.lap_time_s };
        let lap = laps.floor();
        // Stalls lie just before the line.
        let fraction = if car.parked { 0.97 } else { self.profile.fraction_at(laps - lap) };
        CarNow {
            lap: lap as i32,
            lap_fraction: fraction,
            track_surface: if car.parked { 1 } else { 3 },
            on_pit_road: car.parked,
            position: 0,
            class_position: 0,
            class: CLASSES[car.class],
            estimated_time_s: self.profile.share_at(fraction) * self.class_lap_s(car.class),
            behind_leader_s: 0.0,
            last_lap_time_s: if lap >= 2.0 { car.lap_time_s } else { -1.0 },
        }
    }

    fn player_at(&self, player: &PlayerNow) -> CarNow {
        if player.track_surface < 0.0 {
            return CarNow { class: CLASSES[0], ..CarNow::ABSENT };
        }
        CarNow {
            lap: player.lap as i32,
            lap_fraction: player.lap_fraction,
            track_surface: player.track_surface as i32,
            on_pit_road: player.on_pit_road,
            position: 0,
            class_position: 0,
            class: CLASSES[0],
            estimated_time_s: self.profile.share_at(player.lap_fraction) * self.class_lap_s(0),
            behind_leader_s: 0.0,
            last_lap_time_s: player.last_lap_time_s,
        }
    }

    /// Places by laps driven.
    fn rank(&mut self) {
        let driven = |car: &CarNow| f64::from(car.lap) + car.lap_fraction;
        let mut order = [0; MOST_CARS];
        let mut present = 0;
        for index in (0..MOST_CARS).filter(|index| self.now[*index].lap >= 0) {
            order[present] = index;
            present += 1;
        }
        order[..present].sort_unstable_by(|a, b| driven(&self.now[*b]).total_cmp(&driven(&self.now[*a])));
        let leader = order.first().map_or(0.0, |index| driven(&self.now[*index]));
        let mut in_class = [0; 2];
        for (place, index) in order[..present].iter().enumerate() {
            let car = &mut self.now[*index];
            let class = usize::from(car.class == CLASSES[1]);
            in_class[class] += 1;
            (car.position, car.class_position) = (place as i32 + 1, in_class[class]);
            car.behind_leader_s = (leader - driven(car)) * self.profile.lap_time_s();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(seed: u64) -> Opponents {
        Opponents::new(20, 3, PaceProfile::even(90.0), 4000.0, seed)
    }

    #[test]
    fn the_same_seed_gives_the_same_field_and_nobody_stands_on_the_driver_seed_5() {
        let player = PlayerNow {
            lap: 1.0,
            lap_fraction: 0.5,
            track_surface: 3.0,
            on_track: true,
            ..Default::default()
        };
        let (mut a, mut b, mut c) = (field(5), field(5), field(6));
        assert_eq!(a.at(71.0, &player), b.at(71.0, &player));
        assert_ne!(a.at(71.0, &player), c.at(71.0, &player));
        assert_eq!(a.now[3].lap_fraction, 0.5);
        assert_eq!(a.now.iter().filter(|car| car.lap >= 0).count(), 21);
        assert!(a.entries().iter().any(|(_, class, _)| *class != a.own_class().0), "a faster class");
    }

    #[test]
    fn a_car_within_five_metres_is_beside_seed_5() {
        let mut field = field(5);
        let mut player = PlayerNow { lap: 1.0, track_surface: 3.0, on_track: true, ..Default::default() };
        let other =
            *field.at(10.0, &player).iter().find(|car| car.track_surface == 3 && car.lap >= 0).unwrap();
        player.lap_fraction = other.lap_fraction + 4.0 / 4000.0;
        field.at(10.0, &player);
        assert!(field.left_right(&player) >= 2);
        player.lap_fraction = other.lap_fraction + 8.0 / 4000.0;
        let beside = field.at(10.0, &player).iter().enumerate().any(|(index, car)| {
            index != 3 && (car.lap_fraction - player.lap_fraction).abs() * 4000.0 <= BESIDE_M
        });
        assert_eq!(field.left_right(&player) > 1, beside);
        player.on_track = false;
        assert_eq!(field.left_right(&player), 0);
    }

    #[test]
    fn places_are_given_once_seed_7() {
        let mut field = field(7);
        let player = PlayerNow { lap: 1.0, track_surface: 3.0, ..Default::default() };
        let mut places: Vec<i32> =
            field.at(500.0, &player).iter().map(|car| car.position).filter(|place| *place > 0).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places, (1..=21).collect::<Vec<i32>>());
    }
}
