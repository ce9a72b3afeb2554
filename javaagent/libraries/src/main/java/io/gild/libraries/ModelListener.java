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
  private final ModelPieces pieces;
  private final TapedModel.Recording recording;

  private ModelListener(WovenRequest request, AgentCall call) {
    this.request = request;
    this.call = call;
    this.pieces = request.startPieces();
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
        return request.pieces(answer);
      }
    };
  }

  @Override
  public void element(@Nullable Object element) {
    if (element != null) {
      recording.piece(element);
      try {
        pieces.add(element);
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
      answer = pieces.answer();
      recording.completed(answer);
      request.record(call, answer);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a stream", fault);
      return;
    }
    if (!pieces.isEnded(decoded) && WovenRequest.acts(call)) {
      throw new TruncatedAnswer(null);
    }
  }
}
