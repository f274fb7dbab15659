using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Slack;

/// <summary>The form of a new or stored integration.</summary>
public sealed partial class SlackIntegrationForm
{
    private IReadOnlyList<SlackConnectionChoice> _workspaces = [];
    private bool _isPicking;

    [Inject]
    private SlackIntegrationService Integrations { get; set; } = null!;

    [Inject]
    private SlackTestService Tests { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    protected override ChannelKind Kind => ChannelKind.Slack;

    protected override string FormId => "slack-integration";

    protected override FormTable<SlackIntegrationView, SlackIntegrationFormModel> Table => SlackFields.Table;

    protected internal override IStringLocalizer Words => T;

    protected override IReadOnlyList<ChannelTab> Parts => SlackFields.Parts;

    protected override IReadOnlyList<(string Area, Func<Task> Read)> Follows =>
        [.. base.Follows, (ChangeAreas.SlackWorkspaces, ListWorkspacesAsync)];

    protected override SlackIntegrationFormModel Blank() => SlackIntegrationFormModel.CreateNew();

    protected override Task<SlackIntegrationView?> FindAsync(int id, CancellationToken cancellationToken) =>
        Integrations.FindAsync(id, Actor, cancellationToken);

    protected override Task<SaveResult<SlackIntegrationView>> SaveAsync(
        SlackIntegrationView? original, SlackIntegrationFormModel model, CancellationToken cancellationToken) =>
        Integrations.SaveAsync(original, model, Actor, cancellationToken);

    protected override async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await Integrations.DeleteAsync(id, Actor, cancellationToken);
        return true;
    }

    protected override Task<bool> TakeTestAsync(int id, DraftTest test, CancellationToken cancellationToken) =>
        Tests.TakeTestAsync(id, test, Actor, cancellationToken);

    protected override async Task LoadRestAsync()
    {
        await ListWorkspacesAsync();
        await base.LoadRestAsync();
    }

    protected override Func<EventRecord, bool> HearsBy(SlackIntegrationFormModel values) => values.ToHearing();

    protected override string SayHears(SlackIntegrationFormModel values) => SlackHearsText.Summarize(values, T);

    protected override string Say(string field, string? value, SlackIntegrationFormModel of) => (field, value) switch
    {
        (nameof(of.WorkspaceId), "") => T["Form.Workspace.OwnToken"],
        (nameof(of.WorkspaceId), not null) => T["Form.Workspace.Option", NameOfWorkspace(value) ?? value],
        (nameof(of.ChannelId), not (null or "")) when of.ChannelName is { } name => $"#{name} ({value})",
        (nameof(of.SlackAvgThreat), _) => T[$"Threat.{value}"],
        (nameof(of.Language), _) => T[$"Language.{value}"],
        (nameof(of.Mention), _) => T[$"Mention.{value}"],
        (nameof(of.FollowUp), _) => T[$"FollowUp.{value}"],
        (nameof(of.MentionFrom), _) => T[$"MentionFrom.{value}"],
        _ => base.Say(field, value, of),
    };

    private string? NameOfWorkspace(string id) => _workspaces.FirstOrDefault(workspace => $"{workspace.Id}" == id)?.Name;

    private async Task ListWorkspacesAsync() => _workspaces = await Integrations.ListConnectionsAsync(Actor, Stop);

    private async Task PickAsync(SlackChannelChoice choice)
    {
        _isPicking = false;
        Edit.Model.ChooseChannel(choice.Id, choice.Name);
        await OnChangedAsync(nameof(SlackIntegrationFormModel.ChannelId));
        await OnChangedAsync(nameof(SlackIntegrationFormModel.Name));
    }
}
