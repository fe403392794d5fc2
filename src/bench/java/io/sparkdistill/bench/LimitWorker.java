package io.sparkdistill.bench;

import io.sparkdistill.student.NativeBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The limit of the machine: nothing but the matrix products of the MLP's steps, each into a
 * row-major result, in as many threads as there are workers. For the CNN its convolutions are
 * counted as products of the same number of multiplications.
 */
public final class LimitWorker {
  private static final int STEPS = Student.ROWS / Student.WORKERS / Student.BATCH;

  private LimitWorker() {}

  /**
   * Serves until its input ends.
   *
   * @param args none
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    NativeBackend.choose();
    ExecutorService threads = Executors.newFixedThreadPool(Student.WORKERS);
    try {
      WorkerLoop.serve(student -> measure(Student.named(student), threads));
    } finally {
      threads.shutdown();
    }
  }

  private static Answer measure(Student student, ExecutorService threads) throws Exception {
    List<Callable<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < Student.WORKERS; worker++) {
      List<Runnable> products = products(student);
      workers.add(
          () -> {
            for (int step = 0; step < STEPS; step++) {
              products.forEach(Runnable::run);
            }
            return null;
          });
    }
    long start = System.nanoTime();
    for (Future<Void> worker : threads.invokeAll(workers)) {
      worker.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Answer(seconds, (long) Student.WORKERS * STEPS * Student.BATCH, 0);
  }

  /** Of one step: forward, gradients of weights, gradients of inputs but the lowest. */
  private static List<Runnable> products(Student student) {
    int batch = Student.BATCH;
    return switch (student) {
      case MLP -> {
        List<Runnable> all = new ArrayList<>();
        all.addAll(layer(batch, Student.WIDTH, 800, 2));
        all.addAll(layer(batch, 800, 800, 3));
        all.addAll(layer(batch, 800, Student.CLASSES, 3));
        yield all;
      }
      case CNN -> {
        List<Runnable> all = new ArrayList<>();
        // A convolution is a product for each pixel of its output.
        all.addAll(layer(batch * 28 * 28, 9, 16, 2));
        all.addAll(layer(batch * 14 * 14, 9 * 16, 32, 3));
        all.addAll(layer(batch, 1568, 128, 3));
        all.addAll(layer(batch, 128, Student.CLASSES, 3));
        yield all;
      }
    };
  }

  private static List<Runnable> layer(int rows, int in, int out, int products) {
    INDArray input = random(rows, in);
    INDArray weights = random(out, in).transpose();
    INDArray output = random(rows, out);
    INDArray transposedGradient = random(out, in);
    INDArray inputGradient = random(rows, in);
    List<Runnable> all = new ArrayList<>();
    all.add(product(input, weights, output));
    all.add(product(output.transpose(), input, transposedGradient));
    if (products > 2) {
      all.add(product(output, weights.transpose(), inputGradient));
    }
    return all;
  }

  /** By oneDNN, which is faster here than BLAS. */
  private static Runnable product(INDArray a, INDArray b, INDArray result) {
    return () ->
        Nd4j.getExecutioner()
            .exec(DynamicCustomOp.builder("matmul").addInputs(a, b).addOutputs(result).build());
  }

  private static INDArray random(int rows, int columns) {
    return Nd4j.rand(DataType.FLOAT, rows, columns);
  }
}
