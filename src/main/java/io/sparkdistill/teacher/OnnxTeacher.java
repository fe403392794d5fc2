package io.sparkdistill.teacher;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.DistillException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ONNX file that is ready to score. Thread-safe: ONNX Runtime's sessions may be called from
 * several threads at once.
 */
final class OnnxTeacher implements Teacher {
  private final OnnxSpec spec;
  private final OrtSession session;
  private final String input;
  private final List<String> wanted;
  private final long[] inputShape;

  private OnnxTeacher(
      OnnxSpec spec, OrtSession session, String input, List<String> wanted, long[] inputShape) {
    this.spec = spec;
    this.session = session;
    this.input = input;
    this.wanted = wanted;
    this.inputShape = inputShape;
  }

  /**
   * Opens a model whose file was inspected. A GPU is used only where onnxruntime_gpu stands on the
   * class path in place of onnxruntime; else the processor scores.
   *
   * @param model all of the file
   * @param spec what is expected of it
   * @return to be closed
   * @throws DistillException if the runtime refuses it, or inputs and outputs are not as expected
   */
  static OnnxTeacher open(byte[] model, OnnxSpec spec) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(spec.threads());
      options.setInterOpNumThreads(1);
      if (spec.gpu() != OnnxSpec.NO_GPU
          && OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
        options.addCUDA(spec.gpu());
      }
      InnerTensors inner = InnerTensors.asOutputs(model, spec);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(inner.model(), options);
      try {
        return opened(session, inner.added(), spec);
      } catch (DistillException | OrtException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw spec.refusal(
          "open", "ONNX Runtime refuses it: " + e.getMessage(), e, key -> "Export it again.");
    }
  }

  private static OnnxTeacher opened(OrtSession session, Set<String> added, OnnxSpec spec)
      throws OrtException {
    String input = choose("input", spec.configuredInput(), session.getInputInfo().keySet(), spec);
    Set<String> outputs = new LinkedHashSet<>(session.getOutputInfo().keySet());
    // An output of the model's own may be the logits, though it is an intermediate as well.
    if (spec.configuredOutput().isEmpty()) {
      outputs.removeAll(added);
    }
    for (String name : spec.intermediates()) {
      tensor(session.getOutputInfo().get(name), "tensor", spec);
    }
    String output = choose("output", spec.configuredOutput(), outputs, spec);
    TensorInfo in = tensor(session.getInputInfo().get(input), "input", spec);
    TensorInfo out = tensor(session.getOutputInfo().get(output), "output", spec);
    long[] shape = inputShape(in, spec);
    long classes = out.getShape().length == 2 ? out.getShape()[1] : -1;
    if (out.getShape().length != 2 || (classes >= 0 && classes != spec.classes())) {
      throw spec.refusal(
          "use",
          "its output "
              + output
              + " has shape "
              + Arrays.toString(out.getShape())
              + " and dataset.classes is "
              + spec.classes()
              + ", so [n, "
              + spec.classes()
              + "] was expected",
          key -> "Correct dataset.classes or " + key + ".output, or give another teacher.");
    }
    List<String> wanted = new ArrayList<>(List.of(output));
    wanted.addAll(spec.intermediates());
    return new OnnxTeacher(spec, session, input, wanted, shape);
  }

  private static String choose(
      String what, Optional<String> configured, Set<String> names, OnnxSpec spec) {
    if (configured.isEmpty() && names.size() == 1) {
      return names.iterator().next();
    }
    return configured
        .filter(names::contains)
        .orElseThrow(
            () ->
                spec.refusal(
                    "use",
                    configured
                            .map(name -> "it has no " + what + " '" + name + "'")
                            .orElse("it has several " + what + "s and none is configured")
                        + ": it has "
                        + String.join(", ", names),
                    key -> "Set " + key + "." + what + "."));
  }

  private static TensorInfo tensor(NodeInfo node, String what, OnnxSpec spec) {
    if (node.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT) {
      return info;
    }
    throw spec.refusal(
        "use",
        "its " + what + " " + node.getName() + " is no float32 tensor: " + node.getInfo(),
        key -> "Export it with float32 " + what + "s.");
  }

  /** The input's shape with the rows' place first; unknown dimensions stay -1 but for one. */
  private static long[] inputShape(TensorInfo info, OnnxSpec spec) {
    long[] shape = info.getShape().clone();
    long known = 1;
    int unknown = 0;
    for (int i = 1; i < shape.length; i++) {
      known *= shape[i] < 0 ? 1 : shape[i];
      unknown += shape[i] < 0 ? 1 : 0;
    }
    boolean fits =
        shape.length >= 2
            && (unknown == 0
                ? known == spec.width()
                : unknown == 1 && known > 0 && spec.width() % known == 0);
    if (!fits) {
      throw spec.refusal(
          "use",
          "its input has shape "
              + Arrays.toString(shape)
              + " and rows have "
              + spec.width()
              + " features",
          key -> "Give the data that the teacher was trained on, or another teacher.");
    }
    for (int i = 1; i < shape.length; i++) {
      shape[i] = shape[i] < 0 ? spec.width() / known : shape[i];
    }
    return shape;
  }

  @Override
  public OnnxBatch batch(int rows) {
    return new OnnxBatch(rows);
  }

  /** Has memory outside the heap. */
  final class OnnxBatch implements Batch {
    private final int step;
    private final FloatBuffer buffer;

    OnnxBatch(int rows) {
      this.step = inputShape[0] > 0 ? (int) inputShape[0] : rows;
      int padded = (rows + step - 1) / step * step;
      this.buffer =
          ByteBuffer.allocateDirect(
                  Math.multiplyExact(Math.multiplyExact(padded, spec.width()), Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }

    /** The first rows, side by side. */
    void put(float[] features, int numbers) {
      buffer.put(0, features, 0, numbers);
    }

    @Override
    public void put(int row, Example example) {
      buffer.put(row * spec.width(), example.features(), 0, spec.width());
    }

    @Override
    public Answers score(int rows) {
      List<float[]> values = new ArrayList<>();
      for (int from = 0; from < rows; from += step) {
        int n = Math.min(step, rows - from);
        // A teacher of a fixed batch size gets all of it, whatever stands behind the rows.
        int asked = inputShape[0] > 0 ? step : n;
        List<FloatBuffer> scored =
            run(buffer.slice(from * spec.width(), asked * spec.width()), asked);
        for (int k = 0; k < scored.size(); k++) {
          int each = scored.get(k).remaining() / asked;
          if (values.size() == k) {
            values.add(new float[rows * each]);
          }
          scored.get(k).get(values.get(k), from * each, n * each);
        }
      }
      if (spec.gives() == AnswerKind.PROBABILITIES) {
        takeLogarithms(values.get(0));
      }
      return new Answers(values.get(0), values.subList(1, values.size()));
    }
  }

  private static void takeLogarithms(float[] probabilities) {
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Probability.log(probabilities[i]);
    }
  }

  /** The answers, then the intermediates; copies, which outlive the runtime's memory. */
  private List<FloatBuffer> run(FloatBuffer buffer, int rows) {
    long[] shape = inputShape.clone();
    shape[0] = rows;
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape);
        OrtSession.Result result =
            session.run(Map.of(input, tensor), new LinkedHashSet<>(wanted))) {
      List<FloatBuffer> scored = new ArrayList<>();
      for (String name : wanted) {
        OnnxTensor values = (OnnxTensor) result.get(name).orElseThrow();
        requireRows(name, values.getInfo().getShape(), rows);
        scored.add(values.getFloatBuffer());
      }
      return scored;
    } catch (OrtException e) {
      throw spec.refusal(
          "use",
          "it fails on " + rows + " rows: " + e.getMessage(),
          e,
          key -> "Give data that it can read, or another teacher.");
    }
  }

  private void requireRows(String name, long[] shape, int rows) {
    if (shape.length == 0 || shape[0] != rows) {
      throw spec.refusal(
          "use",
          "its tensor "
              + name
              + " does not begin with the rows: it has shape "
              + Arrays.toString(shape)
              + " for "
              + rows
              + " rows",
          key -> "Name another in " + key + ".intermediates or " + key + ".output.");
    }
    long numbers = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
    if (name.equals(wanted.get(0)) && numbers != spec.classes()) {
      throw spec.refusal(
          "use",
          "it gives " + numbers + " numbers a row and dataset.classes is " + spec.classes(),
          key -> "Correct dataset.classes, or give another teacher.");
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
