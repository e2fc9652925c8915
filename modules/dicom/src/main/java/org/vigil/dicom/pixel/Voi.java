package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;

/**
 * From the modality's values to grey levels of what is of interest (PS3.3 §C.11.2): a window with
 * its function, or a table.
 */
public final class Voi {

  /** VOI LUT Function (PS3.3 §C.11.2.1.3). */
  public enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  private final double center;
  private final double width;
  private final Function function;
  private final LookupTable table;

  private Voi(double center, double width, Function function, LookupTable table) {
    this.center = center;
    this.width = width;
    this.function = function;
    this.table = table;
  }

  /**
   * A window.
   *
   * @param width at least 1 for {@link Function#LINEAR}, above 0 for the others
   * @throws IllegalArgumentException if it is not
   */
  public static Voi window(double center, double width, Function function) {
    if (!(function == Function.LINEAR ? width >= 1 : width > 0)) {
      throw new IllegalArgumentException("Window width " + width + " is too small for " + function);
    }
    return new Voi(center, width, function, null);
  }

  /** A window that spreads a range of values, both included, over all grey levels. */
  public static Voi range(double minimum, double maximum) {
    double width = Math.max(maximum - minimum, 1e-6);
    return new Voi((minimum + maximum) / 2, width, Function.LINEAR_EXACT, null);
  }

  /**
   * The first window or table of a data set, also of a frame's functional groups.
   *
   * @param frame from 0
   * @return null where the data set has none, or one with a width that is not allowed
   */
  public static Voi of(Attributes dataset, int frame) throws IOException {
    Attributes group = FunctionalGroups.macro(dataset, frame, Tag.FrameVOILUTSequence);
    Attributes from = group == null ? dataset : group;
    double center = from.getDouble(Tag.WindowCenter, Double.NaN);
    double width = from.getDouble(Tag.WindowWidth, Double.NaN);
    if (!Double.isNaN(center) && !Double.isNaN(width)) {
      Function function =
          switch (from.getString(Tag.VOILUTFunction, "LINEAR")) {
            case "LINEAR_EXACT" -> Function.LINEAR_EXACT;
            case "SIGMOID" -> Function.SIGMOID;
            default -> Function.LINEAR;
          };
      if (width >= 1 || width > 0 && function != Function.LINEAR) {
        return new Voi(center, width, function, null);
      }
    }
    Attributes item = from.getNestedDataset(Tag.VOILUTSequence);
    if (item == null) {
      return null;
    }
    // The table's input is the modality's value, negative where rescaling makes it so.
    boolean signed =
        LookupTable.isSigned(dataset, Tag.LUTDescriptor)
            || dataset.getDouble(Tag.RescaleIntercept, 0) < 0;
    return new Voi(0, 0, null, LookupTable.of(item, Tag.LUTDescriptor, Tag.LUTData, signed));
  }

  /** Grey level of a modality value, from 0 (dark) to 1 (bright). */
  public double apply(double value) {
    if (table != null) {
      return (double) table.get(value) / table.maximum();
    }
    double level =
        switch (function) {
          case LINEAR ->
              width == 1
                  ? (value <= center - 0.5 ? 0 : 1)
                  : (value - (center - 0.5)) / (width - 1) + 0.5;
          case LINEAR_EXACT -> (value - center) / width + 0.5;
          case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - center) / width));
        };
    return level < 0 ? 0 : Math.min(level, 1);
  }
}
