//! What a tape keeps gives the same samples.

use super::*;

/// What a tape would hold.
enum Record {
    Line(String),
    Row(Vec<u8>),
}

struct Tape(Sender<Record>);

impl RawSink for Tape {
    fn put(&mut self, record: RawRecord<'_>) {
        // The test's end is dropped only after the source.
        let _ = match record {
            RawRecord::Row { bytes, .. } => self.0.send(Record::Row(bytes.to_vec())),
            RawRecord::Session { text, .. } => {
                self.0.send(Record::Line(String::from_utf8_lossy(text).into_owned()))
            }
            RawRecord::Schema { kind, .. } => {
                assert_eq!(kind, RawKind::Gt7);
                Ok(())
            }
            RawRecord::Gap { .. } | RawRecord::Disconnected => Ok(()),
        };
    }
}

#[test]
fn what_a_tape_kept_gives_the_same_samples_seed_16() {
    let simulated = session(2, 16, vec![]);
    let network = Network { lost: 0.01, repeated: 0.01, swapped: 0.01 };
    let mut teacher = Pair::new(vec![], Network::default(), 16);
    teacher.drive(&packets(&simulated, 1, 5));
    let line = line_file::from_json("learned", &teacher.said.learned[0]).unwrap();
    for known in [vec![], vec![line]] {
        let (sender, receiver) = channel();
        let mut pair = Pair::with(known, network, 16, |source| source.with_sink(Box::new(Tape(sender))));
        pair.drive(&packets(&simulated, 1, 5));
        let Pair { source, said, .. } = pair;
        drop(source);
        let mut decoder = Gt7Decoder::new(vec![]);
        let (mut sample, mut samples, mut lines) = (Sample::EMPTY, vec![], 0);
        for record in receiver {
            match record {
                Record::Line(json) => {
                    decoder.adopt(&json).unwrap();
                    lines += 1;
                }
                Record::Row(bytes) => {
                    decoder.row(&bytes);
                    while let Some(step) = decoder.next(&mut sample) {
                        samples.extend((step == SourceStep::Sample).then_some(sample));
                    }
                }
            }
        }
        assert_eq!(lines, 1);
        let bits = |samples: &[Sample]| -> Vec<Vec<u64>> {
            let row = |sample: &Sample| {
                racing_coach_core::Channel::ALL.map(|channel| sample.get(channel).to_bits()).to_vec()
            };
            samples.iter().map(row).collect()
        };
        assert!(bits(&samples) == bits(&said.samples), "the same samples, to the bit");
    }
}
