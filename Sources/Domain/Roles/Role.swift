/// A role on a site system server.
public struct Role: Sendable, Equatable {
    public let name: RoleName
    /// What the portal knows of the role beyond its name; nil when it was not told.
    public let details: RoleDetails?

    public init(name: RoleName, details: RoleDetails? = nil) {
        self.name = name
        self.details = details
    }

    public static let identityFields = [Field(.roleName, "Role", .text, longest: RoleName.longest)]
}

/// The details of the roles that have any.
public enum RoleDetails: Sendable, Equatable {
    case softwareUpdatePoint(SoftwareUpdatePoint)
    case serviceConnectionPoint(ServiceConnectionPoint)
    case distributionPoint(DistributionPoint)

    /// The JSON key and XML element of the details.
    public var name: String {
        switch self {
        case .softwareUpdatePoint: "softwareUpdatePoint"
        case .serviceConnectionPoint: "serviceConnectionPoint"
        case .distributionPoint: "distributionPoint"
        }
    }

    public var fields: [Field] {
        switch self {
        case .softwareUpdatePoint: SoftwareUpdatePoint.fields
        case .serviceConnectionPoint: ServiceConnectionPoint.fields
        case .distributionPoint: DistributionPoint.fields
        }
    }

    /// Which fields a role of this name can have.
    public static func fields(of role: RoleName) -> [Field] {
        switch role {
        case .softwareUpdatePoint: SoftwareUpdatePoint.fields
        case .serviceConnectionPoint: ServiceConnectionPoint.fields
        case .distributionPoint: DistributionPoint.fields
        default: []
        }
    }

    public func value(_ key: FieldKey) -> FieldValue {
        switch self {
        case .softwareUpdatePoint(let details): details.value(key)
        case .serviceConnectionPoint(let details): details.value(key)
        case .distributionPoint(let details): details.value(key)
        }
    }

    /// Reads a role's details; nil when a finding refuses them, or the draft says nothing about them.
    public static func check(
        _ draft: Draft, of role: RoleName, base: RoleDetails?, _ judge: inout Judge
    ) -> RoleDetails? {
        switch role {
        case .softwareUpdatePoint:
            SoftwareUpdatePoint.check(draft, base: base?.softwareUpdatePoint, &judge).map(softwareUpdatePoint)
        case .serviceConnectionPoint:
            ServiceConnectionPoint.check(draft, base: base?.serviceConnectionPoint, &judge)
                .map(serviceConnectionPoint)
        case .distributionPoint:
            DistributionPoint.check(draft, base: base?.distributionPoint, &judge).map(distributionPoint)
        default: nil
        }
    }

    public var softwareUpdatePoint: SoftwareUpdatePoint? {
        if case .softwareUpdatePoint(let details) = self { details } else { nil }
    }

    public var serviceConnectionPoint: ServiceConnectionPoint? {
        if case .serviceConnectionPoint(let details) = self { details } else { nil }
    }

    public var distributionPoint: DistributionPoint? {
        if case .distributionPoint(let details) = self { details } else { nil }
    }

    public var doubts: [(field: FieldKey, problem: Problem)] {
        switch self {
        case .softwareUpdatePoint(let details): details.doubts
        case .serviceConnectionPoint, .distributionPoint: []
        }
    }

    /// The fields in which two states of a role's details differ; against nil, those that hold something.
    public static func difference(_ left: RoleDetails?, _ right: RoleDetails?) -> [FieldKey] {
        guard let some = left ?? right else { return [] }
        return some.fields.map(\.key).filter { key in
            (left?.value(key) ?? .nothing) != (right?.value(key) ?? .nothing)
        }
    }
}
