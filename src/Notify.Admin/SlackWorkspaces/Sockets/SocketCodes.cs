using Microsoft.Extensions.Localization;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Why a connection of Socket Mode ended or was not made, where that is no code of Slack's Web API.</summary>
internal static class SocketCodes
{
    /// <summary>Somebody has switched Socket Mode off in the app.</summary>
    public const string LinkDisabled = "link_disabled";

    /// <summary>Slack has named a host that configuration does not list.</summary>
    public const string HostNotListed = "socket_host_not_listed";

    /// <summary>The connection was made, and ended soon.</summary>
    public const string Closed = "socket_closed";

    private static readonly string[] All = [LinkDisabled, HostNotListed, Closed];

    /// <summary>The code in words of the current UI culture.</summary>
    public static string Explain(
        IStringLocalizer<SlackWorkspaceText> own, IStringLocalizer<SlackText> slack, string code, string? detail) =>
        All.Contains(code) ? own[$"Socket.Code.{code}"] : SlackErrors.Explain(slack, code, detail).Meaning;
}
