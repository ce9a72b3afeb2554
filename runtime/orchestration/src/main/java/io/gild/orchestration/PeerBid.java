package io.gild.orchestration;

import io.gild.config.Experimental;

/**
 * What a peer offered.
 *
 * @param peer its name
 * @param bid its bid
 */
@Experimental
public record PeerBid(String peer, Bid bid) {}
