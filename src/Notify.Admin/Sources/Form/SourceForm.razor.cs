using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>The form of a stored source. It follows what others save and what is posted.</summary>
public sealed partial class SourceForm
{
    private IReadOnlyList<ChannelName> _channels = [];
    private IReadOnlyList<KeptPayload> _payloads = [];
    private IReadOnlyList<AlertAccount> _accounts = [];
    private IReadOnlyList<PollView> _polls = [];
    private int _unmapped;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private SourceFormService Forms { get; set; } = null!;

    [Inject]
    private SourceService Sources { get; set; } = null!;

    [Inject]
    private SourcePollService Polls { get; set; } = null!;

    [Inject]
    private MapAgainService Again { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SourceText> T { get; set; } = null!;

    protected override string FormId => "source";

    protected override string SubjectKind => SourceTrail.SubjectKind;

    protected override FormTable<SourceView, SourceFormModel> Table => SourceFields.Table;

    protected internal override IStringLocalizer Words => T;

    protected internal override string ListAddress => "sources";

    protected override IReadOnlyList<(string Area, Func<Task> Read)> Follows =>
        [(ChangeAreas.Sources, RefreshAsync), (ChangeAreas.Channels, LoadRestAsync)];

    protected override SourceFormModel Blank() => new();

    protected override string AddressOf(int id) => $"sources/{id}";

    protected override Task<SourceView?> FindAsync(int id, CancellationToken cancellationToken) =>
        Forms.FindAsync(id, Actor, cancellationToken);

    protected override Task<SaveResult<SourceView>> SaveAsync(
        SourceView? original, SourceFormModel model, CancellationToken cancellationToken) =>
        Forms.SaveAsync(original!, model, Actor, cancellationToken);

    protected override Task<bool> DeleteAsync(int id, CancellationToken cancellationToken) => DeleteSourceAsync(id, cancellationToken);

    protected override async Task LoadRestAsync()
    {
        _channels = await Desk.ListChannelsAsync(Actor, Stop);
        _unmapped = Id is { } source ? await Again.CountOfAsync(source, Actor, Stop) : 0;
        if (Edit.Original is { } shown && SourceKinds.IsPolled(shown.Kind))
        {
            _accounts = await Polls.ListAccountsAsync(Actor, Stop);
            _polls = await Polls.ListAsync(shown.Id, Actor, Stop);
        }

        if (Id is { } id && Actor.May(Policies.Administer))
        {
            _payloads = await Sources.PayloadsAsync(id, Actor, Stop);
        }
    }

    protected override string Say(string field, string? value, SourceFormModel of) => field switch
    {
        nameof(SourceFormModel.Proof) => T[$"Proof.{of.Proof}"],
        nameof(SourceFormModel.Channels) => NamesOf(of.Channels),
        nameof(SourceFormModel.Account) => _accounts.FirstOrDefault(account => $"{account.Id}" == of.Account)?.Name ?? of.Account,
        nameof(SourceFormModel.Polls) => string.Join(T["List.Separator"], TypedPolls.Split(of.Polls).Select(poll =>
            $"{T[$"Polled.{poll.Type}"]} {T["Poll.Every", poll.Minutes]}")),
        nameof(SourceFormModel.TitleLanguage) => T[$"Language.{of.TitleLanguage}"],
        _ => base.Say(field, value, of),
    };

    private string NamesOf(string channels) => BoundChannels.Read(channels) is { Count: > 0 } bound
        ? string.Join(T["List.Separator"], bound.Select(key =>
            _channels.FirstOrDefault(channel => channel.Key == key)?.Name ?? T["Channel.Gone"]))
        : T["List.ByRules"];

    // The answer is true also where somebody else was first: the source is gone either way.
    private async Task<bool> DeleteSourceAsync(int id, CancellationToken cancellationToken)
    {
        await Sources.DeleteAsync(id, Actor, cancellationToken);
        return true;
    }
}
