package com.acme.bare

import java.util.concurrent.CompletableFuture
import kotlin.concurrent.thread
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.resume
import kotlin.coroutines.startCoroutine
import kotlin.coroutines.suspendCoroutine

/** A desk with its own coroutines, without kotlinx.coroutines. */
class BareDesk {
    private var asked = 0

    suspend fun answer(question: String): String {
        val value = suspendCoroutine { caller -> thread { caller.resume(question) } }
        return "answer ${++asked} to $value"
    }
}

fun main() {
    val desk = BareDesk()
    println("ready")
    while (true) {
        val line = readlnOrNull() ?: break
        val answer = CompletableFuture<String>()
        suspend { desk.answer(line) }
            .startCoroutine(Continuation(EmptyCoroutineContext) { answer.complete(it.getOrThrow()) })
        println(answer.get())
    }
}
