package io.sparkdistill.training;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A place that is kept in checkpoints. */
final class KeptPlace implements Place {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPlace.class);

  private final Checkpoints checkpoints;
  private final TrainingPlan plan;
  private final CheckpointTimer timer;
  private final Deque<Kept> whole = new ArrayDeque<>();

  /** Without the state, which is large. */
  private record Kept(int number, int rounds) {}

  KeptPlace(Checkpoints checkpoints, TrainingPlan plan, CheckpointTimer timer) {
    this.checkpoints = checkpoints;
    this.plan = plan;
    this.timer = timer;
  }

  @Override
  public TrainingState resumed(TrainingState initial) {
    TrainingState state =
        checkpoints.from().map(checkpoint -> resumed(checkpoint, initial)).orElse(initial);
    timer.reset(state.rounds());
    return state;
  }

  private TrainingState resumed(Checkpoint checkpoint, TrainingState initial) {
    if (!checkpoint.workerRows().equals(plan.workerRows())) {
      throw refused(
          checkpoint,
          "its workers had " + checkpoint.workerRows() + " rows and have " + plan.workerRows());
    }
    SavedState state = checkpoint.taken();
    state
        .differenceFrom(initial.saved())
        .ifPresent(
            difference -> {
              throw refused(checkpoint, difference);
            });
    whole.add(new Kept(checkpoint.number(), checkpoint.rounds()));
    return TrainingState.of(state);
  }

  @Override
  public void reached(TrainingState state) {
    if (checkpoints.stop().getAsBoolean()) {
      save(state);
      throw new TransientException(
          "Cannot go on training, the process was asked to stop: after round "
              + state.rounds()
              + " of "
              + rounds(state).size()
              + kept()
              + ". Run the same command again, it goes on from there.");
    }
    if (timer.isDue(state.rounds())) {
      timer.reset(state.rounds());
      trySave(state);
    }
  }

  @Override
  public String kept() {
    return whole.isEmpty()
        ? ""
        : ", the last good checkpoint is kept, number "
            + whole.getLast().number()
            + " after round "
            + whole.getLast().rounds()
            + " in "
            + checkpoints.store().place();
  }

  /** Training is worth more than its checkpoints, while it lives. */
  private void trySave(TrainingState state) {
    try {
      save(state);
    } catch (TransientException e) {
      LOG.warn(
          "Training goes on without a checkpoint after round {} of {}: {}",
          state.rounds(),
          rounds(state).size(),
          e.getMessage());
    }
  }

  /** All of the training, by what was measured of it so far. */
  private List<TrainingPlan.Round> rounds(TrainingState state) {
    return new MeasuredPeriod(plan).plan(state).rounds();
  }

  private void save(TrainingState state) {
    SavedState saved = state.saved();
    List<TrainingPlan.Round> rounds = rounds(state);
    if (!saved.isFinite()) {
      LOG.warn("Round {} of {} is no checkpoint, it is not finite", state.rounds(), rounds.size());
      return;
    }
    CheckpointStore store = checkpoints.store();
    Map<String, String> facts =
        Map.of(
            "rounds", Integer.toString(state.rounds()),
            "ofRounds", Integer.toString(rounds.size()),
            "epoch", Integer.toString(rounds.get(state.rounds()).epoch() + 1),
            "loss", Double.toString(state.loss()));
    int number = store.save(checkpoints.inputs(), facts, plan.workerRows(), saved);
    whole.add(new Kept(number, state.rounds()));
    while (whole.size() > checkpoints.config().keep()) {
      whole.remove();
    }
    Set<Integer> staying = new TreeSet<>();
    whole.forEach(kept -> staying.add(kept.number()));
    store.retain(staying);
  }

  private IntegrityException refused(Checkpoint checkpoint, String why) {
    return new IntegrityException(
        "Cannot go on training from checkpoint "
            + checkpoint.number()
            + " in "
            + checkpoints.store().place()
            + ", it is not of this training: "
            + why
            + ". Remove that folder to begin anew.");
  }
}
