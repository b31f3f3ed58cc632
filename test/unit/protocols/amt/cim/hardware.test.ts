import { describe, expect, test } from 'vitest';
import { battery } from '../../../../../src/protocols/amt/cim/battery';
import { biosFeature } from '../../../../../src/protocols/amt/cim/biosFeature';
import { fan } from '../../../../../src/protocols/amt/cim/fan';
import { hostBootReason } from '../../../../../src/protocols/amt/cim/hostBootReason';
import { realizes } from '../../../../../src/protocols/amt/cim/realizes';
import { sensor } from '../../../../../src/protocols/amt/cim/sensor';
import { decode, of, policy, policyReference, port, portReference } from './written';

describe('hardware', () => {
  test('a battery', () => {
    const values = {
      BatteryStatus: '6',
      Chemistry: '6',
      DesignCapacity: '50000',
      DesignVoltage: '11400',
      DeviceID: 'Battery 0',
      EstimatedChargeRemaining: '80',
    };
    expect(decode(battery, of(values))).toEqual({
      BatteryStatus: 'charging',
      Chemistry: 'lithium-ion',
      DesignCapacity: 50_000,
      DesignVoltage: 11_400,
      DeviceID: 'Battery 0',
      EstimatedChargeRemaining: 80,
    });
  });

  test('a fan and a sensor', () => {
    const fanValues = {
      ActiveCooling: 'true',
      DeviceID: 'FAN 0',
      EnabledState: '2',
      HealthState: '5',
      OperationalStatus: ['2', '11'],
    };
    expect(decode(fan, of(fanValues))).toEqual({
      ActiveCooling: true,
      DeviceID: 'FAN 0',
      EnabledState: 'enabled',
      HealthState: 'OK',
      OperationalStatus: ['OK', 'in service'],
    });
    const sensorValues = {
      CurrentState: 'Normal',
      DeviceID: 'SENSOR 0',
      PossibleStates: ['Normal', 'Hot'],
      SensorType: '2',
    };
    expect(decode(sensor, of(sensorValues))).toEqual({
      CurrentState: 'Normal',
      DeviceID: 'SENSOR 0',
      PossibleStates: ['Normal', 'Hot'],
      SensorType: 'temperature',
    });
  });

  test('what the BIOS can do, and which drive is which device', () => {
    expect(decode(biosFeature, of({ Characteristics: ['4', '7'], Vendor: 'Intel Corp.', Version: '1' }))).toEqual({
      Characteristics: [4, 7],
      Vendor: 'Intel Corp.',
      Version: '1',
    });
    expect(decode(realizes, of({ Antecedent: policy, Dependent: port }))).toEqual({
      Antecedent: policyReference,
      Dependent: portReference,
    });
  });

  test('why the computer booted', () => {
    expect(decode(hostBootReason, of({ ReasonDetails: 'wake' }))).toMatchObject({ ReasonDetails: 'wake' });
    expect(decode(hostBootReason, of({ InstanceID: 'x', PreviousSxState: '7', Reason: '2' }))).toEqual({
      InstanceID: 'x',
      PreviousSxState: 'S5',
      Reason: 'remote control',
    });
  });
});
