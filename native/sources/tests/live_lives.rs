//! What a sim may do to its reader, in scripts: start late, close, crash, pause, count anew, change the car, miss ticks, rewrite its text.

mod scripted_sim;

use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::session_parser::SessionParsing;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::source::{Presence, Source};
use scripted_sim::{Said, Sim, World, options, run, text};

fn session(track: &str, car: &str) -> Said {
    Said::Session(track.to_owned(), car.to_owned())
}

fn without_own_entry(track: &str, car: &str) -> Vec<u8> {
    let whole = String::from_utf8(text(track, car)).unwrap();
    let lost = whole.replace("DriverCarIdx: 0", "DriverCarIdx: 5");
    assert_ne!(whole, lost);
    lost.into_bytes()
}

fn source(sim: &Sim) -> LiveSource {
    LiveSource::new(Box::new(sim.clone()), options())
}

#[test]
fn a_sim_that_is_started_later_is_found_and_its_track_is_told_before_the_first_row() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        200 => world.connect("monza", "w13", 0),
        201.. => world.row(),
        _ => {}
    });
    let mut source = source(&sim);
    assert_eq!(run(&mut source, &sim, 199), []);
    assert_eq!((source.presence(), source.counts().connections), (Presence::Absent, 0));
    let said = run(&mut source, &sim, 600);
    let [first, Said::Rows(0, last)] = &said[..] else { panic!("{said:?}") };
    assert_eq!(*first, session("monza", "w13"));
    assert!((368..=400).contains(last), "found within half a second: {last}");
    let counts = source.counts();
    assert_eq!((counts.connections, counts.seen, counts.missed), (1, last + 1, 0));
    assert_eq!((counts.torn, counts.late, source.presence()), (0, 0, Presence::Sending));
}

#[test]
fn a_sim_that_connects_before_it_writes_its_text_is_waited_for() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => {
            world.start(0);
            assert!(racing_coach_sources::live::image::set_connected(&world.bytes(), true));
        }
        30 => world.session(&text("monza", "w13")),
        _ => world.row(),
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 100);
    assert!(
        matches!(&said[..], [first, Said::Rows(0, 68..)] if *first == session("monza", "w13")),
        "{said:?}"
    );
}

#[test]
fn without_any_text_rows_come_after_a_second_with_a_session_that_knows_nothing() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => {
            world.start(0);
            assert!(racing_coach_sources::live::image::set_connected(&world.bytes(), true));
        }
        150 => world.session(&text("monza", "w13")),
        _ => world.row(),
    });
    let mut source = source(&sim);
    assert_eq!(run(&mut source, &sim, 60), [], "held back");
    let said = run(&mut source, &sim, 200);
    let [first, Said::Rows(0, before), second, Said::Rows(after, _)] = &said[..] else { panic!("{said:?}") };
    assert_eq!((first, second), (&session("", ""), &session("monza", "w13")));
    assert_eq!(*after, before + 1);
}

#[test]
fn a_sim_that_is_closed_and_started_again_goes_on_with_the_next_index() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        100 => world.say_goodbye(),
        110 => world.vanish(),
        200 => world.connect("spa", "mx5", 3),
        2..100 | 201.. => world.row(),
        _ => {}
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 102);
    let [_, Said::Rows(0, last), Said::Disconnected] = said[..] else { panic!("{said:?}") };
    assert_eq!(source.presence(), Presence::Absent, "it said goodbye");
    let said = run(&mut source, &sim, 300);
    let [first, Said::Rows(next, _)] = &said[..] else { panic!("{said:?}") };
    assert_eq!((first, *next), (&session("spa", "mx5"), last + 1));
    assert_eq!((source.counts().connections, source.counts().missed), (2, 0));
}

#[test]
fn a_crashed_sim_is_lost_until_it_returns() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        100 => world.vanish(),
        300 => world.connect("monza", "w13", 0),
        2..100 | 301.. => world.row(),
        _ => {}
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 180);
    assert!(matches!(said[..], [_, Said::Rows(0, _), Said::Disconnected]), "{said:?}");
    assert_eq!(source.presence(), Presence::Lost);
    run(&mut source, &sim, 400);
    assert_eq!((source.presence(), source.counts().connections), (Presence::Sending, 2));
}

#[test]
fn a_crashed_sim_that_does_not_return_is_absent_after_half_a_minute() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        100 => world.vanish(),
        2..100 => world.row(),
        _ => {}
    });
    let mut source = source(&sim);
    run(&mut source, &sim, 60 * 30);
    assert_eq!(source.presence(), Presence::Lost);
    run(&mut source, &sim, 60 * 33);
    assert_eq!(source.presence(), Presence::Absent);
}

#[test]
fn a_sim_that_loads_its_session_is_not_paused_before_its_first_row() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        1200..1300 => world.row(),
        _ => {}
    });
    let mut source = source(&sim);
    for until in [60, 600, 1150] {
        run(&mut source, &sim, until);
        assert_eq!(source.presence(), Presence::Loading, "{until}");
    }
    run(&mut source, &sim, 1250);
    assert_eq!(source.presence(), Presence::Sending);
    run(&mut source, &sim, 1400);
    assert_eq!((source.presence(), source.counts().connections), (Presence::Paused, 1));
}

#[test]
fn a_sim_that_crashes_while_it_loads_is_lost() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        300 => world.vanish(),
        _ => {}
    });
    let mut source = source(&sim);
    run(&mut source, &sim, 500);
    assert_eq!(source.presence(), Presence::Lost);
}

#[test]
fn a_paused_replay_stays_connected_and_goes_on_without_a_gap() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        2..100 | 1000.. => world.row(),
        _ => {}
    });
    let mut source = source(&sim);
    run(&mut source, &sim, 120);
    assert_eq!(source.presence(), Presence::Sending, "a third of a second is no pause");
    assert_eq!(run(&mut source, &sim, 990), []);
    assert_eq!(source.presence(), Presence::Paused);
    let said = run(&mut source, &sim, 1100);
    assert!(matches!(said[..], [Said::Rows(..)]), "{said:?}");
    let counts = source.counts();
    assert_eq!((source.presence(), counts.connections, counts.late), (Presence::Sending, 1, 0));
}

#[test]
fn ticks_that_begin_anew_are_another_connection() {
    let sim = Sim::new(|world: &mut World| {
        match world.script_tick {
            1 => world.connect("monza", "w13", 0),
            100 => world.tick = 0,
            _ => {}
        }
        if world.script_tick > 1 {
            world.row();
        }
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 200);
    let [first, Said::Rows(0, last), Said::Disconnected, again, Said::Rows(next, _)] = &said[..] else {
        panic!("{said:?}")
    };
    assert_eq!((first, again), (&session("monza", "w13"), &session("monza", "w13")));
    assert_eq!(*next, last + 1);
    assert_eq!((source.counts().connections, source.counts().missed), (2, 0));
}

#[test]
fn ticks_that_leap_by_hours_are_another_connection_and_no_gap() {
    let sim = Sim::new(|world: &mut World| {
        match world.script_tick {
            1 => world.connect("monza", "w13", 0),
            100 => world.tick += 60 * 3601,
            _ => {}
        }
        if world.script_tick > 1 {
            world.row();
        }
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 200);
    assert!(matches!(said[..], [_, Said::Rows(..), Said::Disconnected, _, Said::Rows(..)]), "{said:?}");
    assert_eq!(source.counts().missed, 0);
}

/// A longer row, in the same memory and in one that had to grow: no row is read by the wrong list, no tick is lost for more than the moment of the change.
#[test]
fn another_car_with_a_longer_row_is_told_before_its_first_row() {
    for extra in [5, 2000] {
        let sim = Sim::new(move |world: &mut World| match world.script_tick {
            1 => world.connect("monza", "w13", 0),
            100 => {
                world.change_car("monza", "mx5", extra);
                world.speed_mps = 20.0;
                world.row();
            }
            _ => world.row(),
        });
        let mut source = source(&sim);
        let said = run(&mut source, &sim, 200);
        let [first, Said::Rows(0, last), second, Said::Rows(next, _)] = &said[..] else { panic!("{said:?}") };
        assert_eq!((first, second), (&session("monza", "w13"), &session("monza", "mx5")));
        assert_eq!(*next, last + 1, "the ticks went on, {extra}");
        assert_eq!((source.counts().connections, source.counts().missed), (1, 0));
    }
}

/// Same header, same length, other order: found out by the session text that changes with the car.
#[test]
fn a_list_of_variables_that_changes_under_the_same_header_is_found_out() {
    let sim = Sim::new(|world: &mut World| {
        match world.script_tick {
            1 => world.connect("monza", "w13", 0),
            100 => {
                // `Speed` and `SessionUniqueID` swap places in the row, by the offsets in their headers.
                let bytes = world.bytes();
                assert!(bytes.store(112 + 4096 + 4, &4_i32.to_le_bytes()));
                assert!(bytes.store(112 + 4096 + 144 + 4, &0_i32.to_le_bytes()));
                world.session(&text("monza", "mx5"));
            }
            _ => {}
        }
        if world.script_tick > 1 {
            world.row();
        }
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 200);
    assert_eq!(said.iter().filter(|said| matches!(said, Said::Session(..))).count(), 2, "{said:?}");
    assert_eq!((source.counts().missed, source.counts().connections), (0, 1));
}

#[test]
fn a_header_that_makes_no_sense_is_waited_out_and_then_the_sim_is_looked_for_again() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        100 => assert!(world.bytes().store(24, &(-5_i32).to_le_bytes())),
        150 => assert!(world.bytes().store(24, &2_i32.to_le_bytes())),
        2..100 | 151.. => world.row(),
        _ => {}
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 140);
    assert!(matches!(said[..], [_, Said::Rows(..), Said::Disconnected]), "{said:?}");
    let trouble = source.trouble().expect("it says why").to_string();
    assert_eq!(trouble, "script: this is not the memory of a sim (it says -5 variables).");
    let said = run(&mut source, &sim, 250);
    assert!(matches!(said[..], [Said::Session(..), Said::Rows(..)]), "{said:?}");
    assert_eq!(source.trouble(), None);
}

/// One tick late costs nothing, because the row before the newest can still be proved; of three late ticks one is lost, and told.
#[test]
fn rows_that_come_in_bursts_are_all_read_as_long_as_they_can_be() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        100 | 200 => {}
        101 => (0..2).for_each(|_| world.row()),
        201 => (0..4).for_each(|_| world.row()),
        _ => world.row(),
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 300);
    let [_, Said::Rows(0, last), Said::Gap(2), Said::Rows(next, _)] = said[..] else { panic!("{said:?}") };
    assert_eq!(next, last + 3);
    assert_eq!(source.counts().missed, 2);
}

#[test]
fn session_texts_are_told_when_a_fact_changes_and_garbage_keeps_the_last() {
    let sim = Sim::new(|world: &mut World| {
        match world.script_tick {
            1 => world.connect("monza", "w13", 0),
            // The results change: no fact of ours.
            50..60 => {
                let text = [text("monza", "w13"), vec![b'\n'; world.script_tick as usize]].concat();
                world.session(&text);
            }
            70 => world.session(&[0xff; 100]),
            80 => world.session(b"DriverInfo:\n DriverCarIdx: 0\n"),
            // The list of drivers has no entry of ours.
            85 => world.session(&without_own_entry("monza", "w13")),
            90 => world.session(&text("monza", "mx5")),
            _ => {}
        }
        if world.script_tick > 1 {
            world.row();
        }
    });
    let mut source = source(&sim);
    let said = run(&mut source, &sim, 150);
    let [first, Said::Rows(..), second, Said::Rows(..)] = &said[..] else { panic!("{said:?}") };
    assert_eq!((first, second), (&session("monza", "w13"), &session("monza", "mx5")));
}

/// With the parser in its own thread, whose pace has nothing to do with the script's clock: no row is lost, and none comes before its session.
#[test]
fn with_the_parser_apart_rows_wait_for_their_session_too() {
    let sim = Sim::new(|world: &mut World| match world.script_tick {
        1 => world.connect("monza", "w13", 0),
        _ => world.row(),
    });
    let options = LiveOptions { parsing: SessionParsing::Apart, ..options() };
    let mut source = LiveSource::new(Box::new(sim.clone()), options);
    let said = run(&mut source, &sim, 1000);
    let [first, Said::Rows(0, last)] = &said[..] else { panic!("{said:?}") };
    assert_eq!(*first, session("monza", "w13"));
    assert_eq!((*last + 1, source.counts().missed), (source.counts().seen, 0));
}
