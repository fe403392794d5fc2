package io.sparkdistill.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The limit: two threads that call one session of ONNX Runtime, which adds no threads of its own,
 * on features that are in memory. Counted: copying features to native memory, scoring, copying
 * logits back.
 */
public final class RawWorker {
  private static final int THREADS = 2;

  private final float[] features;
  private final int[] labels;
  private final Map<Path, OrtSession> sessions = new HashMap<>();
  private final ExecutorService threads;

  private RawWorker(float[] features, int[] labels, ExecutorService threads) {
    this.features = features;
    this.labels = labels;
    this.threads = threads;
  }

  /**
   * Serves until its input ends.
   *
   * @param args folder of the rows
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    float[] features;
    int[] labels;
    try (SparkSession spark = SparkSession.builder().appName("bench raw").getOrCreate()) {
      Dataset<Row> rows =
          spark
              .read()
              .parquet(Path.of(args[0], LabelRows.TRAIN).toString())
              .select("pixels", "label");
      labels = new int[(int) rows.count()];
      features = new float[labels.length * Teacher.WIDTH];
      Iterator<Row> all = rows.toLocalIterator();
      for (int i = 0; all.hasNext(); i++) {
        Row row = all.next();
        List<Float> boxed = row.getList(0);
        for (int k = 0; k < Teacher.WIDTH; k++) {
          features[i * Teacher.WIDTH + k] = boxed.get(k);
        }
        labels[i] = row.getInt(1);
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      WorkerLoop.serve(new RawWorker(features, labels, threads)::label);
    } finally {
      threads.shutdown();
    }
  }

  private Answer label(String path) throws OrtException, InterruptedException, ExecutionException {
    Path onnx = Path.of(path);
    OrtSession session = sessions.get(onnx);
    if (session == null) {
      session = open(onnx);
      sessions.put(onnx, session);
    }
    float[] logits = new float[labels.length * Teacher.CLASSES];
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(threads.submit(new Scorer(session, features, logits, labels.length, next)));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int errors = 0;
    for (int i = 0; i < labels.length; i++) {
      errors += Answer.best(logits, i * Teacher.CLASSES, Teacher.CLASSES) == labels[i] ? 0 : 1;
    }
    return new Answer(seconds, labels.length, errors);
  }

  private static OrtSession open(Path onnx) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(onnx.toString(), options);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Shared on purpose: threads write to places apart.
  private record Scorer(
      OrtSession session, float[] features, float[] logits, int rows, AtomicInteger next)
      implements java.util.concurrent.Callable<Boolean> {
    @Override
    public Boolean call() throws OrtException {
      FloatBuffer buffer =
          ByteBuffer.allocateDirect(Teacher.BATCH * Teacher.WIDTH * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      while (true) {
        int from = next.getAndAdd(Teacher.BATCH);
        if (from >= rows) {
          return true;
        }
        int count = Math.min(Teacher.BATCH, rows - from);
        buffer.clear().put(features, from * Teacher.WIDTH, count * Teacher.WIDTH).flip();
        score(buffer, from, count);
      }
    }

    private void score(FloatBuffer buffer, int from, int count) throws OrtException {
      long[] shape = {count, Teacher.WIDTH};
      try (OnnxTensor tensor =
              OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape);
          OrtSession.Result result =
              session.run(Map.of(Teacher.INPUT, tensor), Set.of(Teacher.OUTPUT))) {
        ((OnnxTensor) result.get(0))
            .getFloatBuffer()
            .get(logits, from * Teacher.CLASSES, count * Teacher.CLASSES);
      }
    }
  }
}
