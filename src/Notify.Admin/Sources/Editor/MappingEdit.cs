namespace Notify.Admin.Sources;

/// <summary>An open mapping: its fields and its JSON, in step. While the JSON has a mistake, the fields show the last that read.</summary>
public sealed class MappingEdit
{
    private string _saved;

    public MappingEdit(string text)
    {
        TakeJson(text);
        Json = _saved = Valid ?? text;
    }

    public MappingDraft Draft { get; private set; } = new();

    public string Json { get; private set; } = "";

    /// <summary>The text to save and to try; null while it has a mistake.</summary>
    public string? Valid { get; private set; }

    public IReadOnlyList<MappingTextProblem> Problems { get; private set; } = [];

    public bool IsChanged => (Valid ?? Json) != _saved;

    /// <summary>The JSON was typed.</summary>
    public void TakeJson(string text)
    {
        Json = text;
        if (Read(text) is { } mapping)
        {
            Draft = MappingDraft.Of(mapping);
        }
    }

    /// <summary>Something of <see cref="Draft"/> was typed.</summary>
    public void TakeDraft()
    {
        Json = Draft.ToJson();
        Read(Json);
        Json = Valid ?? Json;
    }

    /// <summary>What is typed has been saved.</summary>
    public void Settle() => _saved = Valid ?? Json;

    /// <summary>Mistakes at a place of the mapping, or below it.</summary>
    /// <param name="path">As a JSON Pointer.</param>
    public IEnumerable<MappingTextProblem> ProblemsAt(string path) => Problems.Where(problem =>
        problem.Path == path || problem.Path.StartsWith(path + "/", StringComparison.Ordinal));

    private EventMapping? Read(string text)
    {
        var (mapping, problems) = MappingReader.Read(text);
        Problems = problems;
        Valid = mapping is null ? null : MappingWriter.Write(mapping);
        return mapping;
    }
}
