package dev.tidemark.probe;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes the beginning of a body and ends the exchange there, however long the body is. */
final class FirstBytes implements HttpResponse.BodySubscriber<byte[]> {
    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Flow.Subscription subscription;

    FirstBytes(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] piece = new byte[Math.min(buffer.remaining(), most - bytes.size())];
            buffer.get(piece);
            bytes.write(piece, 0, piece.length);
        }
        if (bytes.size() >= most) {
            subscription.cancel();
            whole.complete(bytes.toByteArray());
        } else {
            subscription.request(1);
        }
    }

    /** What broke off is as good as what there is of it. */
    @Override
    public void onError(Throwable error) {
        whole.complete(bytes.toByteArray());
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }
}
