using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Shared;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The form of a new or stored workspace. It follows what others save and what Slack says.</summary>
public sealed partial class SlackWorkspaceForm
{
    private IReadOnlyList<WorkspaceUse> _uses = [];
    private DirectoryReading? _reading;
    private SocketLink? _socket;

    [Inject]
    private SlackWorkspaceService Workspaces { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackWorkspaceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> SlackTexts { get; set; } = null!;

    protected override string FormId => "slack-workspace";

    protected override string SubjectKind => SlackWorkspaceAudit.Noun;

    protected override FormTable<SlackWorkspaceView, SlackWorkspaceFormModel> Table => SlackWorkspaceFields.Table;

    protected internal override IStringLocalizer Words => T;

    protected internal override string ListAddress => "slack/workspaces";

    protected override IReadOnlyList<(string Area, Func<Task> Read)> Follows =>
        Id is null ? [] : [(ChangeAreas.SlackWorkspaces, RefreshAsync), (ChangeAreas.Channels, RefreshAsync)];

    protected override SlackWorkspaceFormModel Blank() => new();

    protected override string AddressOf(int id) => $"slack/workspaces/{id}";

    protected override Task<SlackWorkspaceView?> FindAsync(int id, CancellationToken cancellationToken) =>
        Workspaces.FindAsync(id, Actor, cancellationToken);

    protected override Task<SaveResult<SlackWorkspaceView>> SaveAsync(
        SlackWorkspaceView? original, SlackWorkspaceFormModel model, CancellationToken cancellationToken) =>
        Workspaces.SaveAsync(original, model, Actor, cancellationToken);

    protected override async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        _uses = await Workspaces.DeleteAsync(id, Actor, cancellationToken);
        Notice = _uses.Count == 0 ? null : new FormNotice(Tone.Warning, T["Delete.Refused"], T["Delete.InUse"], Time.GetUtcNow());
        return _uses.Count == 0;
    }

    protected override async Task LoadRestAsync()
    {
        if (Id is { } id)
        {
            _reading = await Workspaces.FindReadingAsync(id, Actor, Stop);
            _socket = await Workspaces.FindSocketAsync(id, Actor, Stop);
            _uses = await Workspaces.ListUsesAsync(id, Actor, Stop);
        }
    }

    protected override void Show(VendorRefusal refusal)
    {
        var meaning = SlackErrors.Explain(SlackTexts, refusal.Code, refusal.Detail).Meaning;
        if (refusal.Passes)
        {
            Notice = new FormNotice(
                Tone.Warning, T["Notice.NotAsked"], T["Notice.NotAsked.Text", meaning], Time.GetUtcNow(), refusal.Code);
            return;
        }

        ShowRefusals([(refusal.Field, refusal.Code == TokenCheck.OtherWorkspace
            ? T["Form.ConfigToken.OtherWorkspace", refusal.Detail ?? ""]
            : T["Form.Token.Refused", refusal.Code, meaning])]);
    }
}
