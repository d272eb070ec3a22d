import Domain

extension ServerRecord {
    /// The fields in which the intentions of two records differ; against nil, those that hold something.
    static func difference(_ before: ServerRecord?, _ after: ServerRecord) -> [FieldKey] {
        var fields = General.difference(before?.general.intended, after.general.intended)
        fields += Proxy.difference(before?.proxy.intended, after.proxy.intended)
        for role in after.roles {
            let old = before?.roles.first { $0.name == role.name }
            fields += RoleDetails.difference(old?.intended, role.intended)
            if before != nil, old == nil { fields.append(.roleName) }
        }
        if let before, before.site != after.site { fields.append(.serverSite) }
        var seen: Set<FieldKey> = []
        return fields.filter { seen.insert($0).inserted }
    }
}
