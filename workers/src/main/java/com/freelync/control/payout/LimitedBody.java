package com.freelync.control.payout;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body of UTF-8 that fails once it is longer than anybody needs. */
final class LimitedBody implements BodySubscriber<String> {
  private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
  private long left;
  private Flow.@Nullable Subscription subscription;

  private LimitedBody(long mostBytes) {
    left = mostBytes;
  }

  /** Reads at most so many bytes. */
  static BodyHandler<String> of(long mostBytes) {
    return head -> new LimitedBody(mostBytes);
  }

  @Override
  public CompletionStage<String> getBody() {
    return text.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    text.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    if (left < 0) {
      return;
    }
    left -= parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (left >= 0) {
      text.onNext(parts);
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    text.onError(new IOException("the answer is too long"));
  }

  @Override
  public void onError(Throwable cause) {
    text.onError(cause);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}
