using Microsoft.AspNetCore.Components;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

public sealed partial class ChannelTable<TItem>
    where TItem : IChannelListItem
{
    private TItem? _asked;
    private int _refusals;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public ChannelKind Kind { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>The silenced ones.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<ChannelKey, Silence> Silences { get; set; } = null!;

    /// <summary>Those that come from configuration files, by id.</summary>
    [Parameter]
    public IReadOnlyDictionary<int, ProvisionedObject> Provisioned { get; set; } = new Dictionary<int, ProvisionedObject>();

    [Parameter, EditorRequired]
    public ChannelListQuery Query { get; set; } = null!;

    [Parameter, EditorRequired]
    public HiddenColumns<ChannelColumn> Columns { get; set; } = null!;

    /// <summary>A head was pressed.</summary>
    [Parameter]
    public EventCallback<ListOrder<ChannelSort>> OnSorted { get; set; }

    [Parameter, EditorRequired]
    public string DestinationTitle { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment<TItem> Destination { get; set; } = null!;

    [Parameter, EditorRequired]
    public RenderFragment<TItem> Hears { get; set; } = null!;

    [Parameter]
    public bool MayEdit { get; set; }

    /// <summary>Rows can be chosen, for a change of many.</summary>
    [Parameter]
    public bool MayChoose { get; set; }

    /// <summary>The chosen channels, by id; of other pages as well.</summary>
    [Parameter, EditorRequired]
    public Dictionary<int, ChannelName> Chosen { get; set; } = null!;

    /// <summary><see cref="Chosen"/> is another now.</summary>
    [Parameter]
    public EventCallback OnChosen { get; set; }

    /// <summary>The person has switched a channel, and confirmed it where something would end.</summary>
    [Parameter]
    public EventCallback<(TItem Item, bool On)> OnSwitched { get; set; }

    private string QuestionId { get; } = ElementIds.Next("switch-off");

    private bool IsPageChosen => Items.All(item => Chosen.ContainsKey(item.Id));

    private string LinkTo(int id) => ChannelLinks.ToForm(new ChannelKey(Kind, id));

    // The browser has moved the switch already: a refusal needs a new one to show the old state.
    private string Generation(TItem item) => $"{item.Id}-{_refusals}";

    private Task ChooseAsync(TItem item, bool isChosen)
    {
        Choose(item, isChosen);
        return OnChosen.InvokeAsync();
    }

    private Task ChoosePageAsync(bool areChosen)
    {
        foreach (var item in Items)
        {
            Choose(item, areChosen);
        }

        return OnChosen.InvokeAsync();
    }

    private void Choose(TItem item, bool isChosen)
    {
        if (isChosen)
        {
            Chosen[item.Id] = new ChannelName(new ChannelKey(Kind, item.Id), item.Name, item.IsOn);
        }
        else
        {
            Chosen.Remove(item.Id);
        }
    }

    private async Task AskAsync(TItem item, bool on)
    {
        if (!on && item.Health is { Waiting: > 0 })
        {
            _asked = item;
            return;
        }

        await OnSwitched.InvokeAsync((item, on));
    }

    private async Task SwitchOffAsync()
    {
        await OnSwitched.InvokeAsync((_asked!, false));
        _asked = default;
    }

    private void Keep()
    {
        _asked = default;
        _refusals++;
    }
}
