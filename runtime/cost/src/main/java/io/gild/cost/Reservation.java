package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.CallReference;
import java.util.List;

/**
 * What is reserved for a call.
 *
 * @param id names it in the stores
 * @param call the call; not kept alive
 * @param number number of the call
 * @param holds the reserved money by account
 * @param estimate what the call was estimated to cost
 * @param costBefore what the call had cost when it was reserved
 * @param usageBefore tokens of the call then
 * @param streamed what has reached the caller of a streamed answer
 */
record Reservation(
    String id,
    CallReference call,
    long number,
    List<Hold> holds,
    CostEstimate.Estimate estimate,
    long costBefore,
    Usage usageBefore,
    OutrunStream streamed) {}
