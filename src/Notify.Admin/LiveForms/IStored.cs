namespace Notify.Admin.LiveForms;

/// <summary>A stored thing as its form shows it, without secrets.</summary>
public interface IStored<out TModel>
{
    int Id { get; }

    /// <summary>Grows with each save by a person; a save against an older one may be a conflict.</summary>
    int Version { get; }

    /// <summary>What is stored; not to be changed.</summary>
    TModel Values { get; }

    DateTimeOffset ChangedAt { get; }

    string? ChangedBy { get; }
}

/// <summary>What is typed into a form. Its secrets are not serialised.</summary>
public interface IFormModel<out TSelf>
{
    string Name { get; }

    TSelf Copy();
}
