package io.skep.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Where a value is on an axis.
///
/// @param position from 0, at the lower end, to 1
/// @param marks values to name beside the axis
record Scale(DoubleUnaryOperator position, List<Double> marks) {
  private static final int MARKS = 5;

  /// From 0 to a round number above the largest value.
  static Scale linear(double most) {
    double step = step(most);
    double end = Math.max(step, Math.ceil(most / step) * step);
    return new Scale(value -> value / end, linearMarks(0, end));
  }

  /// Over whole powers of ten.
  ///
  /// @param least above 0
  static Scale logarithmic(double least, double most) {
    double from = Math.floor(Math.log10(least));
    double to = Math.max(from + 1, Math.ceil(Math.log10(most)));
    var marks = new ArrayList<Double>();
    for (double power = from; power <= to; power++) marks.add(Math.pow(10, power));
    return new Scale(
        value -> (Math.log10(Math.max(value, Math.pow(10, from))) - from) / (to - from),
        List.copyOf(marks));
  }

  double of(double value) {
    return position.applyAsDouble(value);
  }

  /// Round numbers of a range, a handful of them.
  static List<Double> linearMarks(double from, double to) {
    double step = step(to - from);
    var marks = new ArrayList<Double>();
    // Counted, so that no error adds up.
    for (long i = (long) Math.ceil(from / step); i * step <= to + step * 1e-9; i++) {
      marks.add(i * step);
    }
    return List.copyOf(marks);
  }

  /// 1, 2 or 5 times a power of ten.
  private static double step(double range) {
    double rough = Math.max(range, 1e-9) / MARKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (int factor : new int[] {1, 2, 5}) if (factor * power >= rough) return factor * power;
    return 10 * power;
  }
}
