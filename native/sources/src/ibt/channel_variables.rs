//! How each channel stands in a recording of the sim: type, unit and description.

use super::spec::{VariableSpec, VariableType};
use racing_coach_core::Channel;

/// The variable under which the sim writes a channel. Types and units are those of real files of 2023 to 2024.
pub fn channel_variable(channel: Channel) -> VariableSpec {
    let (variable_type, unit, description) = row_of(channel);
    VariableSpec::new(channel.iracing_name(), variable_type, unit, description)
}

/// Channels that exist live only, that newer builds alone have on disk, or that other sims tell.
const NOT_ON_DISK: [Channel; 12] = [
    Channel::IsReplayPlaying,
    Channel::CarLeftRight,
    Channel::CarAheadM,
    Channel::CarBehindM,
    Channel::IsInGarage,
    Channel::ReplayFramesToEnd,
    Channel::FrameRateHz,
    Channel::CpuUsage,
    Channel::GpuUsage,
    Channel::WorldXM,
    Channel::WorldYM,
    Channel::WorldZM,
];

/// The channels that the sim's own files carry: all but those that exist live only.
pub fn standard_channels() -> Vec<Channel> {
    Channel::ALL.into_iter().filter(|channel| !NOT_ON_DISK.contains(channel)).collect()
}

fn row_of(channel: Channel) -> (VariableType, &'static str, &'static str) {
    use VariableType::{BitField, Bool, Double, Float, Int};
    match channel {
        Channel::SessionTimeS => (Double, "s", "Session clock"),
        Channel::SessionTick => (Int, "", "Simulation tick"),
        Channel::SessionNum => (Int, "", "Number of the session"),
        Channel::SessionState => (Int, "irsdk_SessionState", "State of the session"),
        Channel::SessionFlags => (BitField, "irsdk_Flags", "Flags shown"),
        Channel::Lap => (Int, "", "Laps started"),
        Channel::LapCompleted => (Int, "", "Laps completed"),
        Channel::LapDistanceM => (Float, "m", "Distance from the line"),
        Channel::LapFraction => (Float, "%", "Fraction of the lap"),
        Channel::LapCurrentTimeS => (Float, "s", "Running lap time"),
        Channel::LapLastTimeS => (Float, "s", "Official time of the last lap"),
        Channel::LapBestTimeS => (Float, "s", "Official best lap time"),
        Channel::SpeedMps => (Float, "m/s", "Speed of the car"),
        Channel::Rpm => (Float, "revs/min", "Engine speed"),
        Channel::Gear => (Int, "", "-1 reverse, 0 neutral, 1.. forward"),
        Channel::Throttle => (Float, "%", "Throttle as the car gets it, 0 to 1"),
        Channel::ThrottlePedal => (Float, "%", "Throttle pedal, 0 to 1"),
        Channel::Brake => (Float, "%", "Brake, 0 to 1"),
        Channel::BrakePedal => (Float, "%", "Brake pedal, 0 to 1"),
        Channel::Clutch => (Float, "%", "0 disengaged to 1 engaged"),
        Channel::AbsActive => (Bool, "", "ABS reduces brake force"),
        Channel::SteeringRad => (Float, "rad", "Steering wheel angle, left positive"),
        Channel::VelocityXMps => (Float, "m/s", "Velocity forward"),
        Channel::VelocityYMps => (Float, "m/s", "Velocity to the left"),
        Channel::YawRad => (Float, "rad", "Heading, counter-clockwise"),
        Channel::YawNorthRad => (Float, "rad", "Heading clockwise from north"),
        Channel::YawRateRadps => (Float, "rad/s", "Yaw rate, counter-clockwise"),
        Channel::PitchRad => (Float, "rad", "Pitch angle"),
        Channel::RollRad => (Float, "rad", "Roll angle"),
        Channel::LateralAccelMps2 => (Float, "m/s^2", "Lateral acceleration with gravity, left positive"),
        Channel::LongitudinalAccelMps2 => (Float, "m/s^2", "Longitudinal acceleration with gravity"),
        Channel::LatitudeDeg => (Double, "deg", "Latitude"),
        Channel::LongitudeDeg => (Double, "deg", "Longitude"),
        Channel::AltitudeM => (Float, "m", "Altitude"),
        Channel::OnPitRoad => (Bool, "", "Between the pit road's cones"),
        Channel::TrackSurface => (Int, "irsdk_TrkLoc", "Where the car is"),
        Channel::TrackSurfaceMaterial => (Int, "irsdk_TrkSurf", "Material under the car"),
        Channel::TowTimeS => (Float, "s", "Being towed when above zero"),
        Channel::EnterExitReset => (Int, "", "What the reset key would do"),
        Channel::IsOnTrack => (Bool, "", "Driver in the car, physics running"),
        Channel::IsOnTrackCar => (Bool, "", "Car on track, physics running"),
        Channel::IsReplayPlaying => (Bool, "", "A replay is playing"),
        Channel::IncidentCount => (Int, "", "The driver's incident points"),
        Channel::EngineWarnings => (BitField, "irsdk_EngineWarnings", "Warning lights"),
        Channel::PaceMode => (Int, "irsdk_PaceMode", "How the field is paced"),
        Channel::FuelL => (Float, "l", "Fuel in the tank"),
        Channel::TrackTempC => (Float, "C", "Track temperature"),
        Channel::TrackWetness => (Int, "irsdk_TrackWetness", "How wet the track is"),
        Channel::DeclaredWet => (Bool, "", "Rain tyres are allowed"),
        Channel::BrakeBias => (Float, "", "Brake balance"),
        Channel::CarLeftRight => (Int, "irsdk_CarLeftRight", "Cars beside the driver"),
        Channel::CarAheadM => (Float, "m", "Distance to the car ahead"),
        Channel::CarBehindM => (Float, "m", "Distance to the car behind"),
        Channel::IsInGarage => (Bool, "", "Car in the garage, physics running"),
        Channel::ReplayFramesToEnd => (Int, "", "Frames from the replay's position to its end"),
        Channel::FrameRateHz => (Float, "fps", "Frames a second"),
        Channel::CpuUsage => (Float, "%", "Share of a core in the foreground thread"),
        Channel::GpuUsage => (Float, "%", "Share of the graphics card"),
        Channel::WorldXM => (Float, "m", "Position, first level axis"),
        Channel::WorldYM => (Float, "m", "Position, second level axis"),
        Channel::WorldZM => (Float, "m", "Position, height"),
        Channel::SessionTimeRemainS => (Double, "s", "Time to the end of the session"),
        Channel::SessionLapsRemain => (Int, "", "Laps to the end of the session"),
        Channel::TractionControl => (Float, "", "Traction control as set"),
        Channel::Abs => (Float, "", "ABS as set"),
    }
}
