/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stands before Prism, which serves plain HTTP only, with the bank's own certificate, so that
 * the client meets the TLS that it insists on. Every violation that Prism found, and every
 * request that it could not judge, becomes a line of a file.
 *	front.js TLS-DIR PORT PRISM-PORT VIOLATIONS REQUESTS
 */
"use strict";
const fs = require("fs");
const http = require("http");
const https = require("https");
const [dir, port, prism, violations, requests] = process.argv.slice(2);

function note(file, request, text) {
	fs.appendFileSync(file, `${request.method} ${request.url} ${text}\n`);
}

function forward(request, response) {
	const upstream = http.request({
		host: "127.0.0.1",
		port: prism,
		method: request.method,
		path: request.url,
		headers: request.headers,
	}, (answer) => {
		const found = answer.headers["sl-violations"];

		note(requests, request, answer.statusCode);
		if (found)
			note(violations, request, `${answer.statusCode} ${found}`);
		response.writeHead(answer.statusCode, answer.headers);
		answer.pipe(response);
	});

	upstream.on("error", () => response.destroy());
	request.on("error", () => upstream.destroy());
	response.on("close", () => upstream.destroy());
	request.pipe(upstream);
}

https.createServer({
	key: fs.readFileSync(`${dir}/server.key`),
	cert: fs.readFileSync(`${dir}/server.pem`),
	requestCert: true,
	rejectUnauthorized: false,
}, forward).listen(Number(port), "127.0.0.1", () => console.log("ready"));
