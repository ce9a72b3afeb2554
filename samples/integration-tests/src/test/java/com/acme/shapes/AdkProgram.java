package com.acme.shapes;

import com.google.adk.models.Gemini;
import com.google.adk.models.LlmRequest;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;

/** On Google's ADK. */
public final class AdkProgram extends Program {

  private final Client client =
      Client.builder().apiKey("none").httpOptions(GeminiProgram.options()).build();

  public AdkProgram() {
    way("chat", model -> callbacks(asking(model, false)));
    way("stream", model -> callbacks(asking(model, true)));
  }

  private Flowable<?> asking(String model, boolean streamed) {
    Content user = Content.builder().role("user").parts(List.of(Part.fromText("Hello"))).build();
    return new Gemini(model, client)
        .generateContent(LlmRequest.builder().contents(List.of(user)).build(), streamed);
  }

  private static String callbacks(Flowable<?> chunks) {
    Callbacks callbacks = new Callbacks();
    chunks
        .doOnNext(chunk -> callbacks.add("next", chunk))
        .doOnError(failure -> callbacks.add("error", failure(failure)))
        .doOnComplete(() -> callbacks.add("complete", ""))
        .onErrorComplete()
        .blockingSubscribe();
    return callbacks.toString();
  }
}
