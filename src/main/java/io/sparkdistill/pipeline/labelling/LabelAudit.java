package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.ShardIndex;
import io.sparkdistill.softtargets.SoftTargetReader;

/**
 * What is looked at before soft targets are published: counts, ids, and that all files are there.
 */
final class LabelAudit {
  private final RunContext context;
  private final CacheSpec spec;
  private final CacheDirectory cache;

  LabelAudit(RunContext context, CacheSpec spec, CacheDirectory cache) {
    this.context = context;
    this.spec = spec;
    this.cache = cache;
  }

  /** What may be bad is not bound to a cache: a lower bound refuses what a higher one let in. */
  void refuseTooManyBad(ShardIndex index) {
    long most = context.config().softTargets().maxBadRows();
    if (index.badRows() > most) {
      throw new BadInputException(
          "Cannot publish soft targets of "
              + spec.source().display()
              + ", more rows are bad than softTargets.maxBadRows allows: "
              + index.badRows()
              + " instead of "
              + most
              + ". Correct the rows, or raise it.");
    }
  }

  /**
   * Looks at everything that is to be published.
   *
   * @param explain checks all rows, and throws with what is wrong with them
   */
  void beforePublishing(LabelPlan plan, ShardIndex index, Runnable explain) {
    refuseTooManyBad(index);
    if (index.rows() == 0) {
      explain.run();
      throw new BadInputException(
          "Cannot publish soft targets of "
              + spec.source().display()
              + ", all of its rows were set aside: "
              + index.badRows()
              + ". Correct them, or the teacher.");
    }
    cache.requireFiles(index);
    long planned =
        plan.splits().stream()
            .filter(s -> !s.ofFile())
            // Rows that the teacher could not answer were set aside; others were counted as good.
            .mapToLong(s -> s.fileBytes() * spec.views().count() - index.badRows())
            .max()
            .orElse(index.rows());
    SoftTargetReader.IdCensus census =
        JobGroups.named(
            context.spark().sparkContext(),
            spec.name(),
            "audit " + spec.name(),
            () -> cache.reader(context.spark(), spec.codec()).census(index));
    if (!census.twice().isEmpty()) {
      throw new BadInputException(
          "Cannot use examples from "
              + spec.source().display()
              + ", ids are not unique: "
              + String.join(", ", census.twice())
              + ". Give every row an id of its own.");
    }
    if (census.rows() != index.rows() || census.rows() != planned) {
      throw new TransientException(
          "Cannot publish soft targets of "
              + spec.source().display()
              + ", reading them back gave "
              + census.rows()
              + " rows instead of "
              + planned
              + ". Run again; look at the file system if it happens twice.");
    }
    if (index.widths().size() > 1) {
      explain.run();
    }
  }
}
