using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Sources;

/// <summary>From "what do you have?" to the first payload: makes a source, shows once what to paste into the tool, and waits for what it
/// posts.</summary>
public sealed partial class SourceNewPage
{
    private SourceSetup _setup = SourceSetup.All[0];
    private SourceFormModel _model = NewModel(SourceSetup.All[0]);
    private IReadOnlyList<ChannelName> _channels = [];
    private IReadOnlyDictionary<string, string> _errors = new Dictionary<string, string>();
    private IReadOnlyList<AlertAccount> _accounts = [];
    private bool _isTyped;
    private bool _isMaking;
    private bool _isNew;
    private SourceView? _source;
    private string _address = "";
    private string? _secret;
    private KeptPayload? _payload;
    private PayloadTrial? _trial;
    private ElementReference _heading;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private SourceService Sources { get; set; } = null!;

    [Inject]
    private SourceFormService Forms { get; set; } = null!;

    [Inject]
    private SourcePollService Polls { get; set; } = null!;

    [Inject]
    private SourceTrialService Trials { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SourceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Sources, ChangeAreas.Channels];

    private IEnumerable<SourceSetup> Setups => SourceSetup.All.Where(setup => Sources.Kinds.Contains(setup.Kind));

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _channels = await Desk.ListChannelsAsync(Actor, cancellationToken);
        _accounts = await Polls.ListAccountsAsync(Actor, cancellationToken);
        if (_accounts.Count == 1 && _model.Account.Length == 0)
        {
            _model.Account = $"{_accounts[0].Id}";
        }

        if (_source is not { } made)
        {
            return;
        }

        _source = await Forms.FindAsync(made.Id, Actor, cancellationToken) ?? made;
        // The first is what is waited for; how a mended mapping does with the next is told too.
        if ((await Sources.PayloadsAsync(made.Id, Actor, cancellationToken)) is [var newest, ..])
        {
            _trial = await Trials.TryAsync(made.Id, SamplePayload.Of(newest), null, Actor, cancellationToken);
            _payload = newest;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isNew)
        {
            _isNew = false;
            await _heading.FocusAsync();
        }
    }

    private string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    private void Choose(SourceSetup setup)
    {
        _model.Name = _model.Name.Trim() == _setup.Tool || string.IsNullOrWhiteSpace(_model.Name) ? setup.Tool : _model.Name;
        _setup = setup;
    }

    private void SetTyped(string field) => _isTyped = true;

    private void SetName(string name) => (_model.Name, _isTyped) = (name, true);

    private void SetChannels(string channels) => (_model.Channels, _isTyped) = (channels, true);

    private async Task CreateAsync()
    {
        if (_isMaking)
        {
            return;
        }

        _isMaking = true;
        try
        {
            var proof = _setup.Proofs[0];
            var secret = proof == SourceProof.Key ? null : SourceAddress.NewKey();
            var made = await Sources.CreateAsync(_setup.IsPolled ? _model.ToPolledDraft(_setup.Kind) : new SourceDraft
            {
                Name = _model.Name.Trim(),
                Kind = _setup.Kind,
                Channels = BoundChannels.Read(_model.Channels),
                Proof = proof,
                Secret = secret,
                SignatureHeader = proof == SourceProof.Hmac ? SourceSetup.SignatureHeader : null,
            }, Actor, Stop);
            _errors = made.Problems.Select(problem => SourceFields.ToRefusal(problem, _model)).DistinctBy(refusal => refusal.Field)
                .ToDictionary(refusal => refusal.Field, refusal => T[refusal.TextKey, refusal.Argument ?? ""].Value);
            if (made.Source is { } polled && _setup.IsPolled)
            {
                // The guard must have been drawn without typing before the page leaves.
                _isTyped = false;
                StateHasChanged();
                await Task.Yield();
                Navigation.NavigateTo($"sources/{polled.Id}");
            }
            else if (made is { Source: { } source, Key: { } key })
            {
                (_source, _secret, _isTyped, _isNew) = (SourceView.Of(source), secret, false, true);
                _address = SourceAddress.Whole(Navigation.BaseUri, source.Kind, key);
            }
        }
        finally
        {
            _isMaking = false;
        }
    }

    private void StartOver()
    {
        (_source, _payload, _trial, _secret, _address) = (null, null, null, null, "");
        _model = NewModel(_setup);
    }

    private static SourceFormModel NewModel(SourceSetup setup) => new()
    {
        Name = setup.Tool,
        Polls = PollPlan.Usual,
        FromHours = $"{SourceDraft.UsualFromHours}",
        TitleLanguage = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh" : "en",
    };
}
