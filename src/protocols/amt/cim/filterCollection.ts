import { cimClass, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** A set of events that can be subscribed to, such as `Intel(r) AMT:All`. */
export const filterCollection = cimClass('CIM_FilterCollection', {
  ...settingData,
  CollectionName: text,
});
