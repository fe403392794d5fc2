package io.sparkdistill.bench;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/**
 * Counts what goes over the network: pieces of broadcasts that executors receive, results of tasks,
 * and shuffled blocks that come from another executor. Thread-safe.
 */
final class ScaleTraffic extends SparkListener {
  private final AtomicLong bytes = new AtomicLong();

  long bytes() {
    return bytes.get();
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated event) {
    BlockUpdatedInfo block = event.blockUpdatedInfo();
    if (block.blockId().isBroadcast()
        && block.storageLevel().isValid()
        && !block.blockManagerId().isDriver()) {
      bytes.addAndGet(block.memSize() + block.diskSize());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    if (event.taskMetrics() != null) {
      bytes.addAndGet(
          event.taskMetrics().resultSize()
              + event.taskMetrics().shuffleReadMetrics().remoteBytesRead());
    }
  }
}
