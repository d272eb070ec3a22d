// swift-tools-version: 6.1
import PackageDescription

/// Swift 6 language mode everywhere: strict concurrency is part of what the compiler checks here.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

// Which module may import which is DESIGN's table; `Tests/GraphTests` holds this file to it.
let package = Package(
    name: "ProxyDesk",
    products: [
        .executable(name: "proxydesk", targets: ["proxydesk"])
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        .target(name: "Domain", swiftSettings: strict),
        .target(name: "Workflow", dependencies: ["Domain"], swiftSettings: strict),
        .target(name: "XMLExchange", dependencies: ["Domain", "CLibXML2"], swiftSettings: strict),
        .target(name: "LogReading", dependencies: ["Domain"], swiftSettings: strict),
        .target(name: "ScriptExport", dependencies: ["Domain"], swiftSettings: strict),
        .target(name: "Templating", swiftSettings: strict),
        .target(
            name: "SQLiteStore", dependencies: ["Workflow", "Domain", grdb, grdbSQLite],
            resources: [.embedInCode("Migrations")], swiftSettings: strict),
        .target(
            name: "Manual",
            dependencies: ["Domain", "CCMarkGFM", .product(name: "Yams", package: "Yams"), grdbSQLite],
            swiftSettings: strict),
        .target(name: "Pages", dependencies: ["Manual", "Domain", "Templating"], swiftSettings: strict),
        .target(
            name: "Web",
            dependencies: [
                "Workflow", "Pages", "XMLExchange", "ScriptExport", "LogReading", "Manual", "Domain", "CZlib",
                hummingbird,
                hummingbirdCore,
                logging,
                crypto,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "proxydesk",
            dependencies: [
                "Domain", "Workflow", "XMLExchange", "ScriptExport", "LogReading", "Templating", "SQLiteStore",
                "Manual",
                "Pages", "Web",
                logging, hummingbird, crypto,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        // What tests and benchmarks share; nothing of it is in the product.
        .target(
            name: "TestSupport",
            dependencies: [
                "Domain", "Workflow", "XMLExchange", "ScriptExport", "Templating", "SQLiteStore", "Manual", "Pages",
                "Web",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "benchmark-data", dependencies: ["TestSupport", "XMLExchange", "Web", "Domain"],
            swiftSettings: strict),

        .testTarget(name: "DomainTests", dependencies: ["Domain", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TemplatingTests",
            dependencies: ["Templating", "TestSupport", .product(name: "Mustache", package: "swift-mustache")],
            swiftSettings: strict),
        .testTarget(
            name: "XMLExchangeTests", dependencies: ["XMLExchange", "Domain", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "SQLiteStoreTests", dependencies: ["SQLiteStore", "Workflow", "Domain", "TestSupport", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "WorkflowTests", dependencies: ["Workflow", "Domain", "XMLExchange", "SQLiteStore", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ScriptExportTests", dependencies: ["ScriptExport", "Domain", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "LogReadingTests", dependencies: ["LogReading", "Manual", "Domain", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ManualTests",
            dependencies: ["Manual", "Domain", "TestSupport", .product(name: "Yams", package: "Yams")],
            exclude: ["Questions", "Seeds"], swiftSettings: strict),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Pages", "Manual", "Templating", "SQLiteStore", "Workflow", "Domain", "TestSupport", hummingbird,
                logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(name: "CommandTests", dependencies: ["Domain", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "GraphTests", swiftSettings: strict),
    ]
)
