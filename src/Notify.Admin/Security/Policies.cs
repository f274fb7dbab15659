namespace Notify.Admin.Security;

/// <summary>What a person may do; pages name these, and services check the same ones.</summary>
public static class Policies
{
    /// <summary>See channels, rules, access lists, events and deliveries.</summary>
    public const string View = "View";

    /// <summary>Test a saved channel, retry a delivery, simulate a rule, check drift.</summary>
    public const string Operate = "Operate";

    /// <summary>Edit channels, rules and access lists; test an unsaved draft.</summary>
    public const string Edit = "Edit";

    /// <summary>People, roles, settings and the audit trail.</summary>
    public const string Administer = "Administer";

    /// <summary>The one table of policy and roles.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> RolesOf = new Dictionary<string, string[]>
    {
        [View] = [Roles.Admin, Roles.Operator, Roles.Viewer],
        [Operate] = [Roles.Admin, Roles.Operator],
        [Edit] = [Roles.Admin],
        [Administer] = [Roles.Admin],
    };
}
