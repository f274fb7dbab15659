using Microsoft.Extensions.Localization;

namespace Notify.Admin.FunctionAccess;

/// <summary>Words about access lists, in the current UI culture.</summary>
internal static class AccessWords
{
    /// <summary>The type's name; one that Slack added since is shown as it came.</summary>
    public static string Type(this IStringLocalizer<AccessText> texts, string? type) =>
        type is null ? "–" : PermissionTypes.All.Contains(type) ? texts[$"Type.{type}"] : type;

    /// <summary>The list in one line: its type and how many it names.</summary>
    public static string Short(this IStringLocalizer<AccessText> texts, AccessList list) => list.IsNamed
        ? texts["List.Named", list.Users.Count, list.TeamIds.Count, list.OrgIds.Count]
        : texts.Type(list.PermissionType);
}
