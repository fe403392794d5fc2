package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.LocalSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How fast workers are, and how far each has come, where a round's steps are shared by speed.
 *
 * <p>A round has as many steps, over all workers, as its plan, so that epochs, schedules and rounds
 * stay where they are. Each worker gets a share in proportion to the samples that the plan gives it
 * and to its speed. It goes through its rows in passes of its own, and no pass leaves a row out. So
 * an epoch has as many samples as there are rows, but for parts of a batch; a fast worker sees its
 * rows more often in it than once, and a slow one less often.
 *
 * @param workers all of them; empty where steps are not shared by speed
 */
record Paces(List<Pace> workers) {
  /**
   * One worker.
   *
   * @param seen rows, in all its passes together
   * @param nanosPerStep mean that forgets half with each round; 0 before the first
   */
  record Pace(long seen, double nanosPerStep) {}

  Paces {
    workers = List.copyOf(workers);
  }

  static Paces none() {
    return new Paces(List.of());
  }

  /** Of workers before the first round. */
  static Paces of(LocalSteps steps, int workers) {
    return steps == LocalSteps.EQUAL
        ? none()
        : new Paces(Collections.nCopies(workers, new Pace(0, 0)));
  }

  /** A planned round with the workers' shares. */
  TrainingPlan.Round share(TrainingPlan.Round round, TrainingPlan plan) {
    if (workers.isEmpty() || round.isWarmUp()) {
      return round;
    }
    int[] steps = steps(round, plan);
    List<TrainingPlan.Share> shares = new ArrayList<>();
    for (int worker = 0; worker < steps.length; worker++) {
      shares.add(new TrainingPlan.Share(workers.get(worker).seen, steps[worker]));
    }
    return round.shared(shares);
  }

  /** By the largest remainder; none that has samples gets nothing, or its rows would be lost. */
  private int[] steps(TrainingPlan.Round round, TrainingPlan plan) {
    double[] weights = new double[workers.size()];
    double sum = 0;
    for (int worker = 0; worker < weights.length; worker++) {
      weights[worker] = plan.samples(round, worker) / nanos(worker);
      sum += weights[worker];
    }
    long all = Math.round((double) plan.samples(round) / plan.batchSize());
    int[] steps = new int[weights.length];
    double[] remainders = new double[weights.length];
    for (int worker = 0; worker < weights.length; worker++) {
      double share = all * weights[worker] / sum;
      steps[worker] = weights[worker] == 0 ? 0 : (int) Math.max(1, Math.floor(share));
      remainders[worker] = share - steps[worker];
    }
    long left = all - IntStream.of(steps).asLongStream().sum();
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble(worker -> -remainders[worker]))
        .limit(Math.max(0, left))
        .forEach(worker -> steps[worker]++);
    return steps;
  }

  /** One that was never measured is as fast as the others. */
  private double nanos(int worker) {
    double own = workers.get(worker).nanosPerStep;
    return own > 0
        ? own
        : workers.stream()
            .mapToDouble(Pace::nanosPerStep)
            .filter(nanos -> nanos > 0)
            .average()
            .orElse(1);
  }

  /**
   * What is known after a round.
   *
   * @param nanosOf those that came back, for all their steps. One that did not is taken to need
   *     twice as long as was known, so that it is late no more
   */
  Paces after(TrainingPlan.Round round, TrainingPlan plan, Map<Integer, Long> nanosOf) {
    List<Pace> after = new ArrayList<>();
    for (int worker = 0; worker < workers.size(); worker++) {
      Pace pace = workers.get(worker);
      int steps = round.shares().isEmpty() ? 0 : round.shares().get(worker).steps();
      if (steps == 0) {
        after.add(pace);
      } else {
        long seen = pace.seen + plan.samples(round, worker);
        double known = pace.nanosPerStep;
        double now = nanosOf.containsKey(worker) ? nanosOf.get(worker) / (double) steps : known * 3;
        after.add(new Pace(seen, known == 0 ? now : (known + now) / 2));
      }
    }
    return new Paces(after);
  }
}
