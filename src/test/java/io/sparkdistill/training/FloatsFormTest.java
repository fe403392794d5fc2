package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What travels between driver and executors arrives bit for bit. */
class FloatsFormTest {
  @Property(seed = "5", tries = 40)
  void stateArrivesAsItWasSent(
      @ForAll @IntRange(max = 70_000) int parameters,
      @ForAll @IntRange(max = 40_000) int updater,
      @ForAll long seed) {
    Random random = new Random(seed);
    NetworkState sent = new NetworkState(bits(random, parameters), bits(random, updater));
    NetworkState received = (NetworkState) sentAndReceived(sent);
    assertThat(received.parameters()).containsExactly(sent.parameters());
    assertThat(received.updater()).containsExactly(sent.updater());
  }

  @Example
  void updaterArrivesWithTheUpdatesThatItHasSeen() {
    WorkerUpdater sent = new WorkerUpdater(new float[] {1, -0f, Float.NaN}, 17);
    WorkerUpdater received = (WorkerUpdater) sentAndReceived(sent);
    assertThat(received.state()).containsExactly(sent.state());
    assertThat(received.updates()).isEqualTo(17);
  }

  private static float[] bits(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Float.intBitsToFloat(random.nextInt());
    }
    return numbers;
  }

  private static Object sentAndReceived(Object object) {
    SerializerInstance serializer = new JavaSerializer(new SparkConf()).newInstance();
    ClassTag<Object> any = ClassTag$.MODULE$.Object();
    return serializer.deserialize(serializer.serialize(object, any), any);
  }
}
