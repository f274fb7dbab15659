namespace Notify.Admin.Security;

/// <summary>The three roles. A person has exactly one.</summary>
public static class Roles
{
    /// <summary>Decides who hears about what; manages people and settings.</summary>
    public const string Admin = "Admin";

    /// <summary>Tests channels and retries deliveries.</summary>
    public const string Operator = "Operator";

    /// <summary>Looks.</summary>
    public const string Viewer = "Viewer";

    public static readonly IReadOnlyList<string> All = [Admin, Operator, Viewer];
}
