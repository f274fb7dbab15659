using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.VendorAccounts;

/// <summary>A channel at the vendor that channels of its kind are published to.</summary>
public sealed partial class PublishPanel
{
    private bool _isRead;
    private PublishView? _view;
    private PublishPlan? _plan;
    private ProvisionedObject? _file;
    private VendorAnswer? _refusal;
    private string? _note;
    private IReadOnlyDictionary<int, string> _accounts = new Dictionary<int, string>();
    private int _chosen;
    private VendorKind _vendor = VendorKind.SecurityCenter;

    [Inject]
    private PublishService Publishing { get; set; } = null!;

    [Inject]
    private IStringLocalizer<VendorAccountText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelKey Channel { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.VendorAccounts, ChangeAreas.Channels];

    private bool MayUnlink => MayEdit && _file is not { IsEditable: false };

    private string TitleId { get; } = ElementIds.Next("publish");

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _vendor = Publishing.VendorOf(Channel.Kind, Actor);
        _view = await Publishing.FindAsync(Channel, Actor, cancellationToken);
        _file = await Publishing.FindFileAsync(Channel, Actor, cancellationToken);
        if (_view is null && MayEdit)
        {
            _accounts = await Publishing.ListAccountsAsync(Channel.Kind, Actor, cancellationToken);
            _chosen = _accounts.ContainsKey(_chosen) ? _chosen : _accounts.Keys.FirstOrDefault();
        }

        _isRead = true;
    }

    private async Task LinkAsync()
    {
        _note = await Publishing.LinkAsync(Channel, _chosen, Actor, Stop) ? null : "Publish.NotLinkable";
        await LoadAsync();
        if (_view is not null)
        {
            await PlanAsync();
        }
    }

    private async Task PlanAsync()
    {
        (_plan, var answer) = await Publishing.PlanAsync(Channel, Actor, Stop);
        _refusal = answer.IsAccepted ? null : answer;
        await LoadAsync();
    }

    private async Task ApplyAsync(PublishPlan plan)
    {
        var isTaken = await Publishing.ApplyAsync(Channel, plan.Basis, Actor, Stop);
        if (isTaken)
        {
            (_plan, _note) = (null, null);
            await LoadAsync();
            return;
        }

        _note = "Publish.OtherPlan";
        await PlanAsync();
    }

    private async Task AcceptAsync()
    {
        _note = await Publishing.AcceptAsync(Channel, Actor, Stop) ? null : "Publish.NotAcceptable";
        _plan = null;
        await LoadAsync();
    }

    private async Task UnlinkAsync()
    {
        await Publishing.UnlinkAsync(Channel, Actor, Stop);
        (_plan, _note, _refusal) = (null, null, null);
        await LoadAsync();
    }

    private async Task RemoveAsync()
    {
        _note = await Publishing.RemoveAsync(Channel, Actor, Stop) ? null : "Publish.OtherOrder";
        _plan = null;
        await LoadAsync();
    }

    private string Say(string key) => VendorAccountWords.Of(T, key, _vendor);
}
