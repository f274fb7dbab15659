using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Shared;

namespace Notify.Admin.Sources;

/// <summary>How one source's payloads become events: a payload to pick paths from, the fields or the JSON, and what would come of
/// it.</summary>
public sealed partial class MappingView
{
    private const int MostProblems = 20;
    private const string FieldsTab = "fields";
    private const string JsonTab = "json";
    private const string Example = """{"title":"Disk full","severity":"high","host":"web-01"}""";

    private readonly LatestLoad _trials = new();
    private Source? _source;
    private MappingEdit? _edit;
    private IReadOnlyList<KeptPayload> _payloads = [];
    private IReadOnlyList<MappingVersion> _versions = [];
    private string _note = "";
    private long _chosen;
    private string _pasted = "";
    private PayloadNode? _tree;
    private PayloadTrial? _trial;
    private string _tab = FieldsTab;
    private string _start = "generic";
    private FormNotice? _notice;
    private Source? _theirs;
    private bool _isLoaded;
    private bool _isSaving;
    private MappingTarget? _target;

    [Inject]
    private SourceService Sources { get; set; } = null!;

    [Inject]
    private SourceFormService Forms { get; set; } = null!;

    [Inject]
    private MappingVersionService Versions { get; set; } = null!;

    [Inject]
    private SourceTrialService Trials { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SourceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public int Id { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Sources, ChangeAreas.Channels];

    private IReadOnlyList<TabItem> Tabs => [new(FieldsTab, T["Map.Tab.Fields"]), new(JsonTab, T["Map.Json"])];

    // What ends amidst is no JSON, whatever it was.
    private bool IsCut => _payloads.FirstOrDefault(payload => payload.Id == _chosen) is { IsCut: true };

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await Sources.FindAsync(Id, Actor, cancellationToken);
        var hadNone = _payloads.Count == 0;
        _payloads = stored is null ? [] : await Sources.PayloadsAsync(Id, Actor, cancellationToken);
        _versions = stored is null ? [] : await Versions.ListAsync(Id, Actor, cancellationToken);
        if (_edit is null || !_edit.IsChanged)
        {
            Show(stored);
        }

        _isLoaded = true;
        if (_chosen == 0 ? hadNone && _pasted.Length == 0 : _payloads.All(payload => payload.Id != _chosen))
        {
            _chosen = _payloads is [var newest, ..] ? newest.Id : 0;
        }

        _tree = ReadTree();
        await TryAsync();
    }

    // What is typed may differ; what is stored is shown when nothing is.
    private void Show(Source? stored)
    {
        var text = stored?.Mapping ?? (stored is null ? null : BuiltInMappings.Text(stored.Kind));
        if (_edit is null || _source?.Mapping != stored?.Mapping || stored is null)
        {
            _edit = text is null ? null : new MappingEdit(text);
            _start = stored is not null && BuiltInMappings.Kinds.Contains(stored.Kind) ? stored.Kind : _start;
            Aim("title");
        }

        _source = stored;
    }

    private SamplePayload? Sample() => _chosen == 0 ? string.IsNullOrWhiteSpace(_pasted) ? null : SamplePayload.Pasted(_pasted)
        : _payloads.FirstOrDefault(payload => payload.Id == _chosen) is { } kept ? SamplePayload.Of(kept) : null;

    private PayloadNode? ReadTree()
    {
        using var document = Sample()?.Parse();
        return document is null ? null : PayloadNode.Read(document.RootElement);
    }

    private Task TryAsync() => _trials.RunAsync(async stop => _trial = _edit?.Valid is { } mapping && Sample() is { } sample
        ? await Trials.TryAsync(Id, sample, mapping, Actor, stop) : null);

    private Task ChooseAsync(long id)
    {
        _chosen = id;
        _tree = ReadTree();
        return TryAsync();
    }

    private Task PasteAsync(string body)
    {
        _pasted = body;
        _tree = ReadTree();
        return TryAsync();
    }

    private Task ChangeAsync()
    {
        _edit!.TakeDraft();
        return TryAsync();
    }

    private Task TypeJsonAsync(string json)
    {
        _edit!.TakeJson(json);
        return TryAsync();
    }

    private Task LoadVersionAsync(MappingVersion version)
    {
        _notice = new FormNotice(Tone.Info, T["Versions.Loaded"], T["Versions.Loaded.Text"], Time.GetUtcNow());
        return TypeJsonAsync(MappingVersionService.TextOf(version, _source!.Kind));
    }

    private Task StartFromAsync() => TypeJsonAsync(BuiltInMappings.Text(_start)!);

    /// <summary>What is picked in the payload goes where the focus was last.</summary>
    private void Aim(MappingTarget target) => _target = target;

    private void Aim(string field)
    {
        var alternatives = _edit?.Draft.Fields[field];
        Aim(new MappingTarget(T[$"Map.Field.{field}"], path =>
        {
            if (alternatives is { Count: 0 })
            {
                alternatives.Add(new AlternativeDraft());
            }

            alternatives?[0].Add(path);
        }));
    }

    private Task PickAsync(string path)
    {
        var split = MappingLines.Split(_edit!.Draft.Split).Select(MappingLines.ArrayPath);
        _target?.Take(_target.IsWhole ? MappingLines.ArrayText(path) : PickedPath.In(split, path));
        return ChangeAsync();
    }

    private async Task DiscardAsync()
    {
        await TakeAsync(_source!);
        _notice = null;
    }

    private Task TakeAsync(Source stored)
    {
        (_edit, _theirs, _notice) = (null, null, null);
        Show(stored);
        return TryAsync();
    }

    private async Task SaveAsync()
    {
        if (_isSaving || _edit?.Valid is not { } text || !_edit.IsChanged)
        {
            return;
        }

        (_isSaving, _notice) = (true, null);
        try
        {
            switch (await Forms.SaveMappingAsync(Id, text, _note, _source!.Mapping, Actor, Stop))
            {
                case Saved<Source> saved:
                    (_source, _theirs) = (saved.Stored, null);
                    _edit.Settle();
                    _note = "";
                    _versions = await Versions.ListAsync(Id, Actor, Stop);
                    _notice = new FormNotice(Tone.Success, T["Map.Saved"], T["Map.Saved.Text"], Time.GetUtcNow());
                    break;
                case Conflict<Source> conflict:
                    // From here on saving means to replace what the other has saved.
                    (_source, _theirs) = (conflict.Theirs, conflict.Theirs);
                    _notice = new FormNotice(Tone.Warning, T["Map.Conflict"], T["Map.Conflict.Text"], Time.GetUtcNow());
                    break;
                case Invalid<Source> invalid:
                    _notice = new FormNotice(Tone.Danger, S["NotSaved"], $"{invalid.Refusals[0].Argument}", Time.GetUtcNow());
                    break;
                case Gone<Source>:
                    Show(null);
                    break;
            }
        }
        finally
        {
            _isSaving = false;
        }
    }
}
