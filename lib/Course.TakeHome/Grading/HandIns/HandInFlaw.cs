namespace Course.TakeHome.Grading.HandIns;

/// <summary>Why an archive is rejected.</summary>
public enum HandInFlaw
{
    NoArchive,
    TooLarge,
    TooManyEntries,
    Encrypted,
    Link,
    Absolute,
    Outside,
    BadName,
    DuplicateName,
    CollidingName,
    TooDense,
    LyingSize,
    NoManifest,
    BadManifest,
    UnlistedFile,
    MissingFile,
    OtherBytes,
    NoAdapter,
}

/// <summary>An archive is not what `pack` writes. Nothing of it was written to disk.</summary>
/// <param name="flaw">The kind of flaw.</param>
/// <param name="message">What was expected and what was found.</param>
public sealed class HandInRejectedException(HandInFlaw flaw, string message) : CourseException(message)
{
    public HandInFlaw Flaw => flaw;
}
