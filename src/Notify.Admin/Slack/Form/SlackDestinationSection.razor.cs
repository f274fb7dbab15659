using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>The part of the form that says where messages go.</summary>
public sealed partial class SlackDestinationSection
{
    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>What is typed; this component writes to it and says so through <see cref="OnChanged"/>.</summary>
    [Parameter, EditorRequired]
    public SlackIntegrationFormModel Model { get; set; } = null!;

    /// <summary>What is stored; null for a new integration.</summary>
    [Parameter, EditorRequired]
    public SlackIntegrationView? Original { get; set; }

    /// <summary>The workspaces to choose from.</summary>
    [Parameter]
    public IReadOnlyList<SlackConnectionChoice> Workspaces { get; set; } = [];

    /// <summary>The name of the property that changed.</summary>
    [Parameter]
    public EventCallback<string> OnChanged { get; set; }

    /// <summary>The person wants to choose from a list.</summary>
    [Parameter]
    public EventCallback OnPick { get; set; }

    private string TitleId { get; } = ElementIds.Next("destination");

    private bool CanPick => Model.WorkspaceId is not null || Model.HasToken || Original?.HasOwnToken == true;

    // Kinds of token that Slack gives out and that cannot post; a new prefix is no reason to refuse one.
    private string? TokenAdvice => Model.Token?.Trim() switch
    {
        { } token when token.StartsWith("xapp-", StringComparison.Ordinal) => "Form.Token.AppLevel",
        { } token when token.StartsWith("xoxe-", StringComparison.Ordinal) => "Form.Token.Refresh",
        { } token when token.StartsWith("https://hooks.slack.com/", StringComparison.OrdinalIgnoreCase) => "Form.Token.Webhook",
        _ => null,
    };

    private Task SetNameAsync(string? value)
    {
        Model.Name = value ?? "";
        return OnChanged.InvokeAsync(nameof(SlackIntegrationFormModel.Name));
    }

    private Task SetWorkspaceAsync(string? value)
    {
        Model.ChooseWorkspace(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
        return OnChanged.InvokeAsync(nameof(SlackIntegrationFormModel.WorkspaceId));
    }

    private Task SetTokenAsync(string? value)
    {
        Model.Token = string.IsNullOrEmpty(value) ? null : value;
        return OnChanged.InvokeAsync(nameof(SlackIntegrationFormModel.Token));
    }

    private async Task SetChannelAsync(string? value)
    {
        var before = Model.Name;
        Model.EnterChannel(value);
        await OnChanged.InvokeAsync(nameof(SlackIntegrationFormModel.ChannelId));
        if (Model.Name != before)
        {
            await OnChanged.InvokeAsync(nameof(SlackIntegrationFormModel.Name));
        }
    }
}
