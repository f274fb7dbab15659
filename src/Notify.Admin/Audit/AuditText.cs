namespace Notify.Admin.Audit;

/// <summary>Names the resource files of the audit trail.</summary>
public sealed class AuditText;
