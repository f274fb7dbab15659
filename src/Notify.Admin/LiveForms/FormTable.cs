using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Notify.Admin.Audit;

namespace Notify.Admin.LiveForms;

/// <summary>What one kind of thing lets people set, declared once, in the form's order. Counting changes, drafts, conflicts, the audit
/// trail and taking changes back all go through it: a field that is declared here is known to each of them.</summary>
/// <typeparam name="TStored">The thing as its form shows it, without secrets.</typeparam>
/// <typeparam name="TModel">What is typed.</typeparam>
public sealed class FormTable<TStored, TModel>
    where TStored : class, IStored<TModel>
    where TModel : class, IFormModel<TModel>
{
    private readonly List<FormField<TModel>> _fields = [];
    private readonly List<FormSecret<TStored, TModel>> _secrets = [];

    public IReadOnlyList<FormField<TModel>> Fields => _fields;

    public IReadOnlyList<FormSecret<TStored, TModel>> Secrets => _secrets;

    /// <summary>What others changed and nobody typed here is taken over without a question. Else a conflict asks about it too, since all of
    /// the form would be saved.</summary>
    public bool MergesUntouched { get; init; }

    /// <summary>Declares any field.</summary>
    public FormTable<TStored, TModel> Field(FormField<TModel> field)
    {
        _fields.Add(field);
        return this;
    }

    /// <summary>Declares a secret.</summary>
    public FormTable<TStored, TModel> Secret(FormSecret<TStored, TModel> secret)
    {
        _secrets.Add(secret);
        return this;
    }

    /// <summary>Declares a text; blanks around it do not count.</summary>
    /// <param name="auditName">What the trail calls it; by default the property's name.</param>
    /// <param name="isTested">A test shows it.</param>
    public FormTable<TStored, TModel> Text(Expression<Func<TModel, string>> property, string? auditName = null, bool isTested = false) =>
        Field(property, auditName, isTested, text => text.Trim(), text => text);

    /// <summary>Declares a yes or no.</summary>
    /// <param name="on">How the trail writes yes.</param>
    public FormTable<TStored, TModel> Flag(
        Expression<Func<TModel, bool>> property, string? auditName = null, string on = "true", string off = "false") =>
        Field(property, auditName, isTested: false, flag => flag ? on : off, text => text == on);

    /// <summary>Declares one of a few.</summary>
    public FormTable<TStored, TModel> Choice<TValue>(
        Expression<Func<TModel, TValue>> property, string? auditName = null, bool isTested = false)
        where TValue : struct, Enum =>
        Field(property, auditName, isTested, value => value.ToString(), Enum.Parse<TValue>);

    /// <summary>What the trail, and an API with the same names, call a property of the model.</summary>
    public string AuditNameOf(string name) =>
        _fields.Find(field => field.Name == name)?.AuditName ?? _secrets.Find(secret => secret.Name == name)?.AuditName
        ?? throw new ArgumentException($"{name} is not declared.", nameof(name));

    /// <summary>How many fields differ from what the form started from; a typed secret is one.</summary>
    public int CountChanges(TModel mine, TModel from) => ListChanges(mine, from).Count();

    /// <summary>The names of the fields that differ from what the form started from, and of the typed secrets.</summary>
    public IEnumerable<string> ListChanges(TModel mine, TModel from) =>
        _fields.Where(field => field.Differs(mine, from)).Select(field => field.Name)
            .Concat(_secrets.Where(secret => secret.Typed(mine) is not null).Select(secret => secret.Name));

    public bool HasSecret(TModel mine) => _secrets.Exists(secret => secret.Typed(mine) is not null);

    /// <summary>All that a test depends on is as it is stored.</summary>
    public bool IsTestedAs(TModel stored, TModel mine) =>
        !HasSecret(mine) && _fields.TrueForAll(field => !field.IsTested || !field.Differs(stored, mine));

    /// <summary>All that a test depends on is the same in both.</summary>
    public bool IsTestedAs(TStored before, TStored after) =>
        IsTestedAs(before.Values, after.Values) && _secrets.TrueForAll(secret => secret.Mark(before) == secret.Mark(after));

    /// <summary>Compares three states: what a form started from, what is stored now, and what is typed.</summary>
    /// <returns>The fields to decide about; empty when saving needs no question.</returns>
    public IReadOnlyList<ConflictField> Compare(TStored original, TStored theirs, TModel mine)
    {
        if (original.Version == theirs.Version)
        {
            return [];
        }

        List<ConflictField> differing =
        [
            .. _fields.Where(field => field.Differs(theirs.Values, mine)).Select(field => new ConflictField(
                field.Name, field.Read(theirs.Values), field.Read(mine), field.Differs(original.Values, theirs.Values),
                field.Differs(original.Values, mine))),
            .. _secrets.Select(secret => secret.Compare(original, theirs, mine)).OfType<ConflictField>(),
        ];
        return differing.Exists(field => field.TheyChanged && (field.IChanged || !MergesUntouched)) ? differing : [];
    }

    /// <summary>What is stored, with the typed values of the chosen fields.</summary>
    /// <param name="keepMine">The names of the fields whose typed value stays.</param>
    public TModel Merge(TStored theirs, TModel mine, IReadOnlySet<string> keepMine)
    {
        var merged = theirs.Values.Copy();
        _fields.Where(field => keepMine.Contains(field.Name)).ToList().ForEach(field => field.Copy(mine, merged));
        _secrets.Where(secret => keepMine.Contains(secret.PartOf ?? secret.Name)).ToList().ForEach(secret => secret.Copy(mine, merged));
        return merged;
    }

    /// <summary>Takes what others changed into the fields that nobody has touched here.</summary>
    public void TakeUntouched(TModel original, TModel theirs, TModel mine) =>
        _fields.Where(field => !field.Differs(original, mine)).ToList().ForEach(field => field.Copy(theirs, mine));

    /// <summary>The thing as the audit trail writes it: secrets by a few of their characters.</summary>
    public Dictionary<string, string?> Describe(TStored stored) =>
        _fields.Select(field => KeyValuePair.Create(field.AuditName, field.Read(stored.Values) is { Length: > 0 } value ? value : null))
            .Concat(_secrets.Select(secret => KeyValuePair.Create(secret.AuditName, secret.Described(stored))))
            .ToDictionary();

    /// <summary>What the audit trail says of a change.</summary>
    /// <param name="before">Null where it was added.</param>
    /// <param name="after">Null where it was deleted.</param>
    public IReadOnlyList<FieldChange> Difference(TStored? before, TStored? after)
    {
        var old = before is null ? [] : Describe(before);
        var now = after is null ? [] : Describe(after);
        if (before is not null && after is not null)
        {
            foreach (var secret in _secrets.Where(secret => secret.Mark(before) != secret.Mark(after)
                && now[secret.AuditName] is not null && old[secret.AuditName] == now[secret.AuditName]))
            {
                // Two secrets may end alike.
                now[secret.AuditName] += " (another)";
            }
        }

        return AuditTrail.Difference(old, now);
    }

    private FormTable<TStored, TModel> Field<TValue>(
        Expression<Func<TModel, TValue>> property, string? auditName, bool isTested, Func<TValue, string> print, Func<string, TValue> parse)
    {
        var member = (PropertyInfo)((MemberExpression)property.Body).Member;
        var get = member.GetMethod!.CreateDelegate<Func<TModel, TValue>>();
        var set = member.SetMethod!.CreateDelegate<Action<TModel, TValue>>();
        return Field(new FormField<TModel>(
            member.Name, auditName ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name), model => print(get(model)),
            (from, to) => set(to, get(from)))
        {
            IsTested = isTested,
            Write = (model, text) => set(model, parse(text)),
        });
    }
}
