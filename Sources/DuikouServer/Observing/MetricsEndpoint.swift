import DuikouAPI
import Hummingbird
import Logging
import ServiceLifecycle

/// `GET /metrics` for Prometheus, on a loopback address.
struct MetricsEndpoint: Service {
  let metrics: PrometheusMetrics
  let host: String
  let port: Int
  let logger: Logger

  func run() async throws {
    let router = Router()
    router.get("/metrics") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: metrics.text)))
    }
    var quiet = logger
    quiet.logLevel = max(.warning, logger.logLevel)
    let application = Application(
      router: router, configuration: .init(address: .hostname(host, port: port)),
      onServerRunning: { [logger] _ in
        logger.info("metrics", metadata: ["address": "http://\(host):\(port)/metrics"])
      }, logger: quiet)
    try await application.run()
  }
}
