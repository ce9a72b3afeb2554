package com.acme.kotlin

import dev.langchain4j.model.openai.OpenAiChatModel
import io.gild.annotations.Agent
import io.gild.annotations.Retry
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield

/** Desks in Kotlin; they use only Gild's annotations. */
private val model =
    OpenAiChatModel.builder()
        .baseUrl(System.getenv("PROVIDER"))
        .apiKey("none")
        .modelName("own-model")
        .maxRetries(0)
        .build()

@JvmInline value class Tenant(val id: String)

@JvmInline value class Length(val characters: Int)

data class Query(val text: String, val language: String)

@Agent(name = "annotated")
class AnnotatedDesk {
    @Retry(maxAttempts = 3, waitDuration = "0s")
    fun answer(question: String): String = model.chat(question)
}

class PlainDesk {
    fun answer(question: String, language: String = "English"): String = model.chat("$question in $language")

    fun typed(tenant: Tenant, question: String): String = model.chat("$question of ${tenant.id}")

    fun structured(query: Query): String = model.chat("${query.text} in ${query.language}")

    val motto: String
        get() = model.chat("motto")

    companion object {
        @JvmStatic fun shared(question: String): String = model.chat(question)
    }
}

fun topLevel(question: String): String = model.chat(question)

class SuspendingDesk {
    /** Never suspends. */
    suspend fun atOnce(question: String): String = model.chat(question)

    /** Suspends twice, and calls the model between and after. */
    suspend fun slowly(question: String): String {
        delay(1)
        val first = model.chat("$question first")
        yield()
        return first + ", " + model.chat("$question then")
    }

    /** Passes its own continuation on. */
    suspend fun elsewhere(question: String): String = withContext(Dispatchers.IO) { model.chat(question) }

    /** Calls the model on two threads at once. */
    suspend fun both(question: String): String = coroutineScope {
        val one = async(Dispatchers.Default) { model.chat("$question one") }
        val other = async(Dispatchers.IO) { model.chat("$question other") }
        one.await() + ", " + other.await()
    }

    /** Calls itself, and suspends on every level. */
    suspend fun deep(question: String, depth: Int): String {
        yield()
        return if (depth == 0) model.chat(question) else deep(question, depth - 1)
    }

    /** Suspends in a function that its state machine enters through an accessor. */
    suspend fun inside(question: String): String = hidden(question)

    private suspend fun hidden(question: String): String {
        yield()
        val first = model.chat(question)
        yield()
        return first
    }

    suspend fun defaults(question: String, language: String = "English"): Tenant {
        yield()
        return Tenant(model.chat("$question in $language"))
    }

    /** A value class is returned unboxed if its function does not suspend. */
    suspend fun typedAtOnce(question: String): Tenant = Tenant(model.chat(question))

    suspend fun measured(question: String): Length {
        yield()
        return Length(model.chat(question).length)
    }

    suspend fun fails(question: String): String {
        yield()
        throw IllegalArgumentException(question)
    }

    @Volatile var waits = false

    suspend fun forever(question: String): String {
        model.chat(question)
        waits = true
        awaitCancellation()
    }
}

interface SuspendingInterface {
    suspend fun named(question: String): String

    suspend fun inherited(question: String): String {
        yield()
        return named(question)
    }
}

open class SuspendingBase : SuspendingInterface {
    override suspend fun named(question: String): String {
        yield()
        val first = model.chat(question)
        yield()
        return first
    }
}

class SuspendingHeir : SuspendingBase() {
    override suspend fun named(question: String): String {
        yield()
        return super.named(question) + " indeed"
    }
}

suspend fun suspending(question: String): String {
    yield()
    return model.chat(question)
}

/** Answers, and returns to the thread that it was called on. */
private fun sameThread(ask: suspend () -> String): String = runBlocking {
    val before = Thread.currentThread()
    val answer = ask()
    if (Thread.currentThread() === before) answer else "came back on " + Thread.currentThread()
}

private fun cancelled(desk: SuspendingDesk, question: String): String = runBlocking {
    var seen: Throwable? = null
    val job =
        launch(Dispatchers.Default) {
            try {
                desk.forever(question)
            } catch (e: CancellationException) {
                seen = e
                throw e
            }
        }
    while (!desk.waits) delay(1)
    job.cancelAndJoin()
    "cancelled with " + seen!!::class.simpleName
}

/** Continues on the resuming thread, and calls the model again there. */
private fun twice(ask: suspend () -> String): String {
    val answers = CompletableFuture<String>()
    ask.startCoroutine(
        Continuation(EmptyCoroutineContext) { first ->
            ask.startCoroutine(
                Continuation(EmptyCoroutineContext) { second ->
                    answers.complete("${first.getOrThrow()}, ${second.getOrThrow()}")
                }
            )
        }
    )
    return answers.get()
}

private fun answer(command: String, text: String): String {
    val plain = PlainDesk()
    val suspending = SuspendingDesk()
    return when (command) {
        "annotated" -> AnnotatedDesk().answer(text)
        "plain" -> plain.answer(text)
        "plain-french" -> plain.answer(text, "French")
        "typed" -> plain.typed(Tenant("anna"), text)
        "structured" -> plain.structured(Query(text, "French"))
        "motto" -> plain.motto
        "shared" -> PlainDesk.shared(text)
        "top" -> topLevel(text)
        "at-once" -> sameThread { suspending.atOnce(text) }
        "slowly" -> sameThread { suspending.slowly(text) }
        "elsewhere" -> sameThread { suspending.elsewhere(text) }
        "both" -> sameThread { suspending.both(text) }
        "deep" -> sameThread { suspending.deep(text, 3) }
        "inside" -> sameThread { suspending.inside(text) }
        "defaults" -> sameThread { suspending.defaults(text).id }
        "typed-at-once" -> sameThread { suspending.typedAtOnce(text).id }
        "measured" -> sameThread { suspending.measured(text).characters.toString() }
        "fails" -> sameThread { suspending.fails(text) }
        "inherited" -> sameThread { SuspendingHeir().inherited(text) }
        "suspending-top" -> sameThread { suspending(text) }
        "unconfined" ->
            runBlocking(Dispatchers.Unconfined) { suspending.slowly(text) + ", " + suspending.slowly(text) }
        "undispatched" -> twice { suspending.slowly(text) }
        "cancelled" -> cancelled(suspending, text)
        else -> "what is $command?"
    }
}

fun main() {
    println("ready")
    while (true) {
        val line = readlnOrNull() ?: break
        val space = line.indexOf(' ')
        println(
            try {
                answer(line.substring(0, space), line.substring(space + 1))
            } catch (failure: Throwable) {
                "threw ${failure::class.qualifiedName}"
            }
        )
    }
    System.exit(0)
}
