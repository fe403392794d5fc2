package io.sparkdistill.export;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.StudentConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes units away from hidden layers, so that the network itself becomes smaller: the same share
 * from each layer, those first whose weights are smallest. A unit counts as the length (L2) of its
 * weights times that of the weights that the layer above has for it, because both scale what it
 * says. Filters by the size of their weights are those of Li and others, "Pruning Filters for
 * Efficient ConvNets" (2017), section 3.1. Stateless and thread-safe.
 */
public final class UnitPruning {
  private static final int FINENESS = 1000;

  private UnitPruning() {}

  /**
   * Prunes a student.
   *
   * @param student layers that it has
   * @param width numbers in a row's features
   * @param classes C
   * @param parameters all of them, in Deeplearning4j's order; not changed
   * @param share of the parameters that shall go, 0 to below 1; as near to it as whole units allow,
   *     and at least one unit of each layer stays
   * @return what is left
   */
  public static PrunedStudent prune(
      StudentConfig student, int width, int classes, float[] parameters, double share) {
    List<PrunedLayer> layers = layers(student, width, classes);
    List<Integer> left = left(layers, share);
    List<int[]> kept = new ArrayList<>();
    int from = 0;
    for (int l = 0; l < layers.size() - 1; l++) {
      int next = Math.toIntExact(from + layers.get(l).size());
      double[] worth = worth(layers.get(l), layers.get(l + 1), parameters, from, next);
      kept.add(best(worth, left.get(l)));
      from = next;
    }
    int channels = student.cnn().channels().size();
    StudentConfig.Cnn cnn = student.cnn();
    StudentConfig smaller =
        new StudentConfig(
            left.subList(channels, left.size()),
            student.activation(),
            new StudentConfig.Cnn(left.subList(0, channels), cnn.kernel(), cnn.pool(), cnn.image()),
            student.regularisation());
    return new PrunedStudent(smaller, taken(layers, kept, parameters));
  }

  /** All layers with weights, from below; the last gives classes. */
  static List<PrunedLayer> layers(StudentConfig student, int width, int classes) {
    List<PrunedLayer> layers = new ArrayList<>();
    StudentConfig.Cnn cnn = student.cnn();
    int below = width;
    int each = 1;
    if (!cnn.channels().isEmpty()) {
      ImageSize image = ImageSize.of(cnn.image(), width);
      below = image.channels();
      int height = image.height();
      int breadth = image.width();
      for (int channels : cnn.channels()) {
        layers.add(new PrunedLayer(channels, below, cnn.kernel() * cnn.kernel(), true));
        below = channels;
        height /= cnn.pool();
        breadth /= cnn.pool();
      }
      each = height * breadth;
    }
    for (int units : student.hidden()) {
      layers.add(new PrunedLayer(units, below, each, false));
      below = units;
      each = 1;
    }
    layers.add(new PrunedLayer(classes, below, each, false));
    return layers;
  }

  /** Units that stay in each hidden layer: as many as fit into what may be left. */
  private static List<Integer> left(List<PrunedLayer> layers, double share) {
    double most = (1 - share) * size(layers, units(layers, FINENESS));
    int part = FINENESS;
    while (part > 0 && size(layers, units(layers, part)) > most) {
      part--;
    }
    return units(layers, part);
  }

  private static List<Integer> units(List<PrunedLayer> layers, int part) {
    return layers.subList(0, layers.size() - 1).stream()
        .map(layer -> Math.max(1, (int) ((long) layer.units() * part / FINENESS)))
        .toList();
  }

  private static long size(List<PrunedLayer> layers, List<Integer> units) {
    long size = 0;
    int below = layers.get(0).below();
    for (int l = 0; l < layers.size(); l++) {
      int own = l < units.size() ? units.get(l) : layers.get(l).units();
      size += layers.get(l).with(own, below).size();
      below = own;
    }
    return size;
  }

  private static double[] worth(
      PrunedLayer layer, PrunedLayer above, float[] parameters, int from, int fromAbove) {
    double[] worth = new double[layer.units()];
    for (int unit = 0; unit < layer.units(); unit++) {
      double in = 0;
      for (int i = 0; i < layer.below() * layer.each(); i++) {
        double weight = parameters[from + layer.weight(unit, 0, i)];
        in += weight * weight;
      }
      double out = 0;
      for (int other = 0; other < above.units(); other++) {
        for (int i = 0; i < above.each(); i++) {
          double weight = parameters[fromAbove + above.weight(other, unit, i)];
          out += weight * weight;
        }
      }
      worth[unit] = Math.sqrt(in) * Math.sqrt(out);
    }
    return worth;
  }

  /** Places of the largest numbers, ascending; of equal ones the first. */
  private static int[] best(double[] worth, int count) {
    return IntStream.range(0, worth.length)
        .boxed()
        .sorted(Comparator.comparingDouble(unit -> -worth[unit]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static float[] taken(List<PrunedLayer> layers, List<int[]> kept, float[] parameters) {
    float[] taken = new float[0];
    int from = 0;
    int[] below = IntStream.range(0, layers.get(0).below()).toArray();
    for (int l = 0; l < layers.size(); l++) {
      PrunedLayer layer = layers.get(l);
      int[] units = l < kept.size() ? kept.get(l) : IntStream.range(0, layer.units()).toArray();
      PrunedLayer smaller = layer.with(units.length, below.length);
      int end = taken.length;
      taken = Arrays.copyOf(taken, Math.toIntExact(end + smaller.size()));
      for (int unit = 0; unit < units.length; unit++) {
        taken[end + smaller.bias(unit)] = parameters[from + layer.bias(units[unit])];
        for (int k = 0; k < below.length; k++) {
          for (int i = 0; i < layer.each(); i++) {
            taken[end + smaller.weight(unit, k, i)] =
                parameters[from + layer.weight(units[unit], below[k], i)];
          }
        }
      }
      from = Math.toIntExact(from + layer.size());
      below = units;
    }
    return taken;
  }
}
