//! The cars that come with the simulation: no car that exists, each like its kind.

use crate::car_spec::CarSpec;

/// About 400 kW, wings, ABS, six gears.
pub fn gt3() -> CarSpec {
    CarSpec {
        path: "simcar gt3".to_owned(),
        name: "Simulated GT3".to_owned(),
        mass_kg: 1385.0,
        torque_curve: vec![
            [1500.0, 330.0],
            [3000.0, 430.0],
            [4500.0, 510.0],
            [5500.0, 530.0],
            [6500.0, 515.0],
            [7200.0, 490.0],
            [7800.0, 450.0],
            [8200.0, 410.0],
        ],
        engine_brake_nm: 95.0,
        idle_rpm: 1300.0,
        shift_rpm: 7650.0,
        gear_ratios: vec![12.2, 8.9, 6.95, 5.6, 4.65, 3.95],
        wheel_radius_m: 0.345,
        driveline_share: 0.93,
        shift_s: 0.06,
        drag_area_m2: 1.15,
        downforce_area_m2: 3.3,
        grip: 1.58,
        drive_share: 0.66,
        brake_force_n: 26_500.0,
        abs: true,
        paddle_shift: true,
        wheelbase_m: 2.65,
        steering_ratio: 12.5,
        understeer_rad_per_mps2: 0.0014,
        fuel_l: 50.0,
        fuel_l_per_mj: 0.088,
    }
}

/// About 330 kW, little downforce, ABS.
pub fn gt4() -> CarSpec {
    CarSpec {
        path: "simcar gt4".to_owned(),
        name: "Simulated GT4".to_owned(),
        mass_kg: 1530.0,
        torque_curve: vec![
            [1500.0, 360.0],
            [2500.0, 470.0],
            [4000.0, 520.0],
            [5500.0, 510.0],
            [6300.0, 470.0],
            [6900.0, 410.0],
        ],
        engine_brake_nm: 85.0,
        idle_rpm: 1000.0,
        shift_rpm: 6600.0,
        gear_ratios: vec![11.6, 8.1, 6.2, 4.95, 4.05, 3.4],
        wheel_radius_m: 0.345,
        driveline_share: 0.92,
        shift_s: 0.08,
        drag_area_m2: 0.92,
        downforce_area_m2: 0.85,
        grip: 1.42,
        drive_share: 0.62,
        brake_force_n: 24_500.0,
        abs: true,
        paddle_shift: true,
        wheelbase_m: 2.63,
        steering_ratio: 13.5,
        understeer_rad_per_mps2: 0.002,
        fuel_l: 50.0,
        fuel_l_per_mj: 0.09,
    }
}

/// About 130 kW, a light car with a stick.
pub fn mx5() -> CarSpec {
    CarSpec {
        path: "simcar mx5".to_owned(),
        name: "Simulated MX-5".to_owned(),
        mass_kg: 1105.0,
        torque_curve: vec![
            [1500.0, 165.0],
            [3000.0, 195.0],
            [4500.0, 205.0],
            [6000.0, 196.0],
            [6900.0, 172.0],
            [7300.0, 150.0],
        ],
        engine_brake_nm: 45.0,
        idle_rpm: 850.0,
        shift_rpm: 7000.0,
        gear_ratios: vec![16.1, 9.6, 6.5, 4.9, 3.9, 3.25],
        wheel_radius_m: 0.302,
        driveline_share: 0.9,
        shift_s: 0.13,
        drag_area_m2: 0.64,
        downforce_area_m2: 0.1,
        grip: 1.24,
        drive_share: 0.58,
        brake_force_n: 14_500.0,
        abs: false,
        paddle_shift: false,
        wheelbase_m: 2.31,
        steering_ratio: 15.0,
        understeer_rad_per_mps2: 0.0025,
        fuel_l: 30.0,
        fuel_l_per_mj: 0.095,
    }
}

/// About 290 kW in 690 kg, much downforce.
pub fn formula() -> CarSpec {
    CarSpec {
        path: "simcar formula".to_owned(),
        name: "Simulated Formula".to_owned(),
        mass_kg: 690.0,
        torque_curve: vec![
            [2000.0, 260.0],
            [4000.0, 390.0],
            [5500.0, 435.0],
            [6500.0, 420.0],
            [7300.0, 370.0],
        ],
        engine_brake_nm: 70.0,
        idle_rpm: 1500.0,
        shift_rpm: 7000.0,
        gear_ratios: vec![10.6, 8.2, 6.6, 5.5, 4.75, 4.2],
        wheel_radius_m: 0.305,
        driveline_share: 0.94,
        shift_s: 0.05,
        drag_area_m2: 0.98,
        downforce_area_m2: 3.1,
        grip: 1.62,
        drive_share: 0.7,
        brake_force_n: 18_500.0,
        abs: false,
        paddle_shift: true,
        wheelbase_m: 2.9,
        steering_ratio: 11.0,
        understeer_rad_per_mps2: 0.001,
        fuel_l: 40.0,
        fuel_l_per_mj: 0.085,
    }
}
