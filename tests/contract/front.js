/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stands before Prism, which serves plain HTTP only, with the bank's own certificate, so that
 * the client meets the TLS that it insists on. Every exchange becomes a line of JSON in a file,
 * with what Prism found; judge.py reads it.
 *	front.js TLS-DIR PRISM-PORT TRAFFIC
 * Prints the port on which it listens. A request is wrong on purpose when it has the header
 * x-deliberate, which goes no further.
 */
"use strict";
const fs = require("fs");
const http = require("http");
const https = require("https");
const [dir, prism, traffic] = process.argv.slice(2);
const KEPT = 1 << 20; /* bytes of an answer that are looked into, and of its head */

function note(request, answer, body) {
	let code = null;

	try {
		code = JSON.parse(body).code ?? null;
	} catch { /* no body, or an answer that is no JSON: Prism says so */ }
	fs.appendFileSync(traffic, JSON.stringify({
		method: request.method,
		path: request.url,
		status: answer.statusCode,
		code: answer.statusCode < 400 ? null : code,
		retryAfter: answer.headers["retry-after"] ?? null,
		deliberate: "x-deliberate" in request.headers,
		violations: JSON.parse(answer.headers["sl-violations"] ?? "[]"),
	}) + "\n");
}

function forward(request, response) {
	const { "x-deliberate": _, ...headers } = request.headers;
	const upstream = http.request({
		host: "127.0.0.1",
		port: prism,
		method: request.method,
		path: request.url,
		headers,
		maxHeaderSize: KEPT,
	}, (answer) => {
		let body = "";

		answer.setEncoding("utf8");
		answer.on("data", (piece) => { body += body.length < KEPT ? piece : ""; });
		answer.on("end", () => {
			note(request, answer, body);
			/* the violations may be longer than a client's patience with headers */
			delete answer.headers["sl-violations"];
			response.writeHead(answer.statusCode, answer.headers);
			response.end(body);
		});
	});

	upstream.on("error", () => response.destroy());
	request.on("error", () => upstream.destroy());
	response.on("close", () => upstream.destroy());
	request.pipe(upstream);
}

const server = https.createServer({
	key: fs.readFileSync(`${dir}/server.key`),
	cert: fs.readFileSync(`${dir}/server.pem`),
	requestCert: true,
	rejectUnauthorized: false,
}, forward).listen(0, "127.0.0.1", () => console.log(server.address().port));
