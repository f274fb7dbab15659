using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The fields of a workspace.</summary>
public sealed partial class SlackWorkspaceTokensSection
{
    [Inject]
    private IStringLocalizer<SlackWorkspaceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>What is typed; this component writes to it and says so through <see cref="OnChanged"/>.</summary>
    [Parameter, EditorRequired]
    public SlackWorkspaceFormModel Model { get; set; } = null!;

    /// <summary>What is stored; null for a new workspace.</summary>
    [Parameter, EditorRequired]
    public SlackWorkspaceView? Original { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>The name of the property that changed.</summary>
    [Parameter]
    public EventCallback<string> OnChanged { get; set; }

    private string ConnectionId { get; } = ElementIds.Next("connection");

    private string PairId { get; } = ElementIds.Next("pair");

    private string SocketId { get; } = ElementIds.Next("socket-mode");

    // Kinds of token that Slack gives out and that do something else; a new prefix is no reason to refuse one.
    private string? BotAdvice => Model.BotToken?.Trim() switch
    {
        { } token when token.StartsWith("xapp-", StringComparison.Ordinal) => "Form.BotToken.AppLevel",
        { } token when token.StartsWith("xoxe-", StringComparison.Ordinal) => "Form.BotToken.Refresh",
        { } token when token.StartsWith("xoxe.xoxp-", StringComparison.Ordinal) => "Form.BotToken.Config",
        _ => null,
    };

    private string? PairAdvice => Model switch
    {
        { HasConfigToken: true } when Model.ConfigToken!.Trim().StartsWith("xoxe-", StringComparison.Ordinal) => "Form.ConfigToken.Swapped",
        { HasConfigToken: true } when Model.ConfigToken!.Trim().StartsWith("xoxb-", StringComparison.Ordinal) => "Form.ConfigToken.Bot",
        { HasConfigToken: true, HasRefreshToken: false } => "Form.RefreshToken.Without",
        _ => null,
    };

    private string? AppAdvice => Model.AppToken?.Trim() is { Length: > 0 } token && !token.StartsWith("xapp-", StringComparison.Ordinal)
        ? "Form.AppToken.Other" : null;

    private static string? Given(string? typed) => string.IsNullOrEmpty(typed) ? null : typed;

    private Task SetNameAsync(string? value)
    {
        Model.Name = value ?? "";
        return OnChanged.InvokeAsync(nameof(Model.Name));
    }

    private Task SetBotTokenAsync(string? value)
    {
        Model.BotToken = Given(value);
        return OnChanged.InvokeAsync(nameof(Model.BotToken));
    }

    private Task SetAppTokenAsync(string? value)
    {
        Model.AppToken = Given(value);
        return OnChanged.InvokeAsync(nameof(Model.AppToken));
    }

    private Task SetConfigTokenAsync(string? value)
    {
        Model.ConfigToken = Given(value);
        return OnChanged.InvokeAsync(nameof(Model.ConfigToken));
    }

    private Task SetRefreshTokenAsync(string? value)
    {
        Model.RefreshToken = Given(value);
        return OnChanged.InvokeAsync(nameof(Model.RefreshToken));
    }
}
