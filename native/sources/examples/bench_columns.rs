//! Times the reading of columns of an .ibt, opening included: `FILE REPEATS COLUMN...`. Prints one line of JSON.

use racing_coach_sources::ibt::IbtFile;
use std::path::Path;
use std::time::Instant;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, repeats, columns @ ..] = &words[..] else {
        eprintln!("usage: bench_columns FILE REPEATS COLUMN...");
        std::process::exit(2);
    };
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut ms = Vec::new();
    let (mut rows, mut sum) = (0, 0.0);
    for _ in 0..repeats.parse().unwrap_or(1) {
        let began = Instant::now();
        let read = IbtFile::open(Path::new(file)).and_then(|mut file| file.read_columns(&columns));
        ms.push(began.elapsed().as_secs_f64() * 1e3);
        let read = read.unwrap_or_else(|error| {
            eprintln!("{error}");
            std::process::exit(1)
        });
        let read: Vec<Vec<f64>> = read.into_iter().flatten().map(|column| column.values.to_f64()).collect();
        rows = read.first().map_or(0, Vec::len);
        sum = read.iter().flatten().sum();
    }
    println!("{{\"rows\":{rows},\"ms\":{ms:?},\"sum\":{sum}}}");
}
