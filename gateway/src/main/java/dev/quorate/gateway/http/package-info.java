/** Requests and answers: bodies within bounds, strict JSON, problems, and the routes themselves. */
@NullMarked
package dev.quorate.gateway.http;

import org.jspecify.annotations.NullMarked;
