package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;

/**
 * From stored values to the modality's own, for example Hounsfield units: rescale slope and
 * intercept, or a table (PS3.3 §C.11.1), also of a frame's functional groups (§C.7.6.16.2.9).
 */
public final class ModalityLut {

  private final double slope;
  private final double intercept;
  private final LookupTable table;

  private ModalityLut(double slope, double intercept, LookupTable table) {
    this.slope = slope;
    this.intercept = intercept;
    this.table = table;
  }

  /**
   * The transformation of one frame; identity where the data set has none.
   *
   * @param frame from 0
   */
  public static ModalityLut of(Attributes dataset, int frame) throws IOException {
    Attributes item = dataset.getNestedDataset(Tag.ModalityLUTSequence);
    if (item != null) {
      boolean signed = LookupTable.isSigned(dataset, Tag.LUTDescriptor);
      return new ModalityLut(1, 0, LookupTable.of(item, Tag.LUTDescriptor, Tag.LUTData, signed));
    }
    Attributes group = FunctionalGroups.macro(dataset, frame, Tag.PixelValueTransformationSequence);
    Attributes from = group == null ? dataset : group;
    double slope = from.getDouble(Tag.RescaleSlope, 1);
    return new ModalityLut(slope == 0 ? 1 : slope, from.getDouble(Tag.RescaleIntercept, 0), null);
  }

  /** The modality's value of a stored value. */
  public double apply(int stored) {
    return table == null ? stored * slope + intercept : table.get(stored);
  }

  /** All values of a frame, in its order. */
  public float[] apply(Frame frame) {
    float[] values = new float[frame.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) apply(frame.value(i));
    }
    return values;
  }
}
