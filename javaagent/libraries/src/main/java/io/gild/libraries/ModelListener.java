package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.StreamListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the chunks of one attempt's stream, and judges it at its end. */
final class ModelListener implements StreamListener {

  private final WovenRequest request;
  private final AgentCall call;
  private final ModelChunks chunks;
  private final TapedModel.Recording recording;

  private ModelListener(WovenRequest request, AgentCall call) {
    this.request = request;
    this.call = call;
    this.chunks = request.startChunks();
    this.recording = request.taped().listen();
  }

  static StreamListener.Factory of(WovenRequest request) {
    return new StreamListener.Factory() {
      @Override
      public StreamListener start(AgentCall call) {
        try {
          return new ModelListener(request, call);
        } catch (Throwable fault) {
          GildLog.faultOnce("Listening to a stream", fault);
          return NONE.start(call);
        }
      }

      @Override
      public List<?> elements(Object answer) throws Throwable {
        return request.chunks(answer);
      }
    };
  }

  @Override
  public void element(@Nullable Object element) {
    if (element != null) {
      recording.chunk(element);
      try {
        chunks.add(element);
      } catch (Throwable fault) {
        GildLog.faultOnce("Reading a chunk of a stream", fault);
      }
    }
  }

  @Override
  public void completed() {
    Boolean here = StreamEnds.last(call);
    Boolean decoded = request.endWasDecoded() ? Boolean.TRUE : here;
    ReadAnswer answer;
    try {
      answer = chunks.answer();
      recording.completed(answer);
      String tier = chunks.namedTier();
      if (tier != null) {
        call.detail().recordServiceTier(tier);
      }
      request.record(call, answer);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a stream", fault);
      return;
    }
    if (!chunks.isEnded(decoded) && WovenRequest.acts(call)) {
      throw new TruncatedAnswer(null);
    }
  }
}
