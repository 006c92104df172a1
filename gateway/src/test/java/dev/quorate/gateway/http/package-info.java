@NullMarked
package dev.quorate.gateway.http;

import org.jspecify.annotations.NullMarked;
