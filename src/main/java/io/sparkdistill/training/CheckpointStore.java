package io.sparkdistill.training;

import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one student, without Spark. Instances hold no state but their place. */
public final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  private final Snapshots snapshots;

  /**
   * Looks at nothing yet.
   *
   * @param snapshots that hold nothing else
   */
  public CheckpointStore(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * The newest whole one. Newer ones that are torn, damaged, of another format or cannot be read
   * are named in a warning.
   *
   * @return empty if there is none
   * @throws TransientException if none is whole, and one could not be read, which may be whole
   */
  public Optional<Checkpoint> newest() {
    Optional<TransientException> unread = Optional.empty();
    List<Integer> numbers = snapshots.numbers();
    for (int i = numbers.size() - 1; i >= 0; i--) {
      int number = numbers.get(i);
      try {
        Optional<Checkpoint> found = snapshots.read(number).map(CheckpointStore::checkpoint);
        if (found.isPresent()) {
          return found;
        }
      } catch (IntegrityException e) {
        skip(number, e);
      } catch (TransientException e) {
        skip(number, e);
        unread = unread.or(() -> Optional.of(e));
      }
    }
    if (unread.isPresent()) {
      throw unread.get();
    }
    return Optional.empty();
  }

  private void skip(int number, DistillException why) {
    LOG.warn("Skipping checkpoint {} in {}: {}", number, place(), why.getMessage());
  }

  /**
   * Where they are.
   *
   * @return for people
   */
  public String place() {
    return Locations.display(snapshots.root());
  }

  /** Removes all, when nobody will go on from them. */
  public void clear() {
    snapshots.clear();
  }

  /** Writes one and gives its number; those before it stay. */
  int save(
      Map<String, String> inputs,
      Map<String, String> facts,
      List<Integer> workerRows,
      SavedState state) {
    return snapshots.save(inputs, facts, CheckpointFiles.write(state, workerRows)).version();
  }

  /** Removes all others, with what torn ones and killed runs have left. */
  void retain(Set<Integer> numbers) {
    snapshots.retain(numbers);
  }

  private static Checkpoint checkpoint(Snapshots.Snapshot snapshot) {
    String what = "checkpoint " + snapshot.manifest().version();
    CheckpointFiles.Description description =
        CheckpointFiles.description(snapshot.contents(), what);
    return new Checkpoint(
        snapshot.manifest().version(),
        snapshot.manifest().inputs(),
        description.workerRows(),
        CheckpointFiles.state(description, snapshot.contents(), what));
  }
}
